export * from './ChangeAnnouncer';
export * from './Timers';
export * from './workerConfig';
