/** Where a statement comes from: the vendor set it, we computed it, or somebody outside wrote it. */
export type Provenance = 'vendor' | 'computed' | 'outside'
