export * from './ChangeAnnouncer';
export * from './createProvisioning';
export * from './ProvisionerRegistry';
export * from './Timers';
export * from './workerConfig';
