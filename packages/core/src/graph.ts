/**
 * A Dag as plain data for whoever draws it: Mermaid, SVG, a web page. JSON-serialisable; ids are safe in every one of
 * those languages (`[a-z][a-z0-9_]*`) and the same for the same step or bucket on every machine and in every process.
 */
export interface Graph {
  /** The pipeline's name, if it has one. */
  readonly name?: string;
  readonly description?: string;
  /** The storages in use, in order of first appearance: the legend. */
  readonly storages: readonly GraphStorage[];
  readonly buckets: readonly GraphBucket[];
  /** In an order in which they can run. */
  readonly steps: readonly GraphStep[];
  /** Bucket → step and step → bucket. A step also has an edge from what other steps write into a folder or glob that it reads. */
  readonly edges: readonly GraphEdge[];
}

export interface GraphStorage {
  readonly id: string;
  /** The provider's name: `local`, `aws`, or what the user called it. */
  readonly label: string;
}

export interface GraphBucket {
  readonly id: string;
  /** `bucket/path`. */
  readonly label: string;
  /** The id of its storage. */
  readonly storage: string;
  readonly format: string;
  /** `source`: nothing writes it. `target`: nothing reads it. `intermediate`: both happen. */
  readonly role: "source" | "intermediate" | "target";
}

export interface GraphStep {
  readonly id: string;
  /** The step's name, as it is used on the command line. */
  readonly label: string;
  /** The kind of its executor: `local`, `serverless`, … */
  readonly executor: string;
  /** 0 for steps that need no other; else one more than the highest of those it needs. */
  readonly level: number;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** The name under which a task with several sources gets this one. */
  readonly label?: string;
}
