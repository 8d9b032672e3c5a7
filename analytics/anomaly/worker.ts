import { parentPort } from 'node:worker_threads'
import { type Batch, searchBatch } from './search-all'

/** A thread of the engine that does nothing but look for anomalies. */
parentPort?.on('message', (batch: Batch) => parentPort?.postMessage(searchBatch(batch)))
