export { createTelemetry, type Telemetry } from './createTelemetry';
export { MeasuredJournal } from './MeasuredJournal';
export { traceScans } from './traceScans';
