import type { Location } from "./location.ts";

/**
 * The storage face of a provider plugin: how its buckets are found, read and replaced. A provider that has it can be
 * source and target of any step.
 *
 * A location has already passed core's checks (no empty parts, no `..`, no control characters); `check` adds the rules
 * of this storage. All errors are `GlacierError`s: a missing object is SOURCE_NOT_FOUND, a missing permission
 * STORAGE_DENIED, a full disk STORAGE_FULL, anything else STORAGE_FAILED or a code of the plugin's own.
 */
export interface StorageFace {
  /**
   * Refuses names that this storage does not allow. Called when a bucket is made, so it is quick and does no I/O.
   * @throws BUCKET_NAME_INVALID, PATH_INVALID
   */
  check(location: Location): void;

  /**
   * The whole address of a location, not percent-encoded: `s3://lake/raw/orders.parquet`. Two locations are the same
   * exactly when their addresses are, whatever providers they came from; parts are separated by `/`, so that
   * `uri(folder) + "/" + name` is the address of what is in a folder. No I/O, and no credentials in it.
   */
  uri(location: Location): string;

  /** How Polars reads a location. No I/O. */
  scan(location: Location): ScanAddress;

  /**
   * What there is to read: the file itself, all files of a directory, or all that match a glob, in the order in which
   * Polars reads them. Empty where there is nothing.
   */
  list(location: Location): Promise<readonly StoredObject[]>;

  /** A place for a new version of the target, see {@link Staging}. Cleans up what dead writers left behind. */
  stage(target: Location, attempt: StagingAttempt): Promise<Staging>;
}

/** What Polars is given to read a location. */
export interface ScanAddress {
  /** A path or URI as Polars takes it. */
  readonly uri: string;
  /** Whether wildcards in it count. */
  readonly glob: boolean;
  /** Settings of the connection, without credentials: Polars takes texts only. */
  readonly cloudOptions?: Readonly<Record<string, string>>;
}

/** One object, as a listing shows it. */
export interface StoredObject {
  /** The path in its bucket. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** When it was last written, in milliseconds since 1970. */
  readonly modified: number;
  /** Changes whenever the object does, where the storage has such a thing (ETag, generation). */
  readonly version?: string;
  /**
   * Where several paths can lead to one object (symbolic links): an address that is the same for all of them. A step is
   * refused when it reads and writes one object by two paths. Never shown.
   */
  readonly identity?: string;
}

/** Who stages: makes the place its own, so that two attempts never share one. */
export interface StagingAttempt {
  /** The id of the run. */
  readonly run: string;
  /** The step's name. */
  readonly step: string;
  /** 1 for the first. */
  readonly attempt: number;
}

/**
 * A place where the new version of a target is written before anybody can see it: outside of every place that is
 * scanned, and such that `publish` replaces the target in one move. Readers see the old target or the new one.
 *
 * Exactly one of `publish` and `discard` is called. After a failure it is `discard`, whatever Polars may still write in
 * the background: the place is gone for good, and nothing that arrives late can be published.
 */
export interface Staging {
  /** Where Polars writes. */
  readonly uri: string;
  readonly cloudOptions?: Readonly<Record<string, string>>;
  /** How Polars reads back what was staged: to count rows, or to check it before it is published. */
  scan(): ScanAddress;
  /**
   * The bytes that were staged. It is asked when Polars has written everything; Polars was not asked to bring it to the
   * disk, which is for `publish` to see to.
   */
  size(): Promise<number>;
  /**
   * Replaces the target, durably. When it fails, the target is what it was. Either way, nothing of the place is left.
   * @param signal Where it is aborted before the move, the move is not made.
   * @throws the signal's reason, STORAGE_DENIED, STORAGE_FULL, STORAGE_FAILED
   */
  publish(signal?: AbortSignal): Promise<StoredObject>;
  /** Throws away what was staged. Never fails. */
  discard(): Promise<void>;
}
