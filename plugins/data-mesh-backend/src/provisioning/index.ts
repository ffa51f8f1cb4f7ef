export * from './Timers';
export * from './workerConfig';
