// The worker of batches.

export {};
