/** What every row has. */
export interface Row {
  readonly id: number;
}

/**
 * The rows of one kind that GitLab knows, in ascending order of id. Ids count up and are never used twice.
 * The rows are live: change a property of one and GitLab answers accordingly from the next request on.
 */
export class Table<T extends Row> implements Iterable<T> {
  private readonly rows = new Map<number, T>();
  private nextId: number;

  /** @internal */
  constructor(
    private readonly kind: string,
    firstId = 1,
    private readonly afterRemove: (row: T) => void = () => {},
  ) {
    this.nextId = firstId;
  }

  /** How many there are. */
  get size(): number {
    return this.rows.size;
  }

  [Symbol.iterator](): IterableIterator<T> {
    return this.rows.values();
  }

  /** All rows. */
  all(): T[] {
    return [...this.rows.values()];
  }

  /** The rows that pass the test. */
  where(test: (row: T) => boolean): T[] {
    const found: T[] = [];
    for (const row of this.rows.values()) {
      if (test(row)) found.push(row);
    }
    return found;
  }

  /** The first row that passes the test, or undefined. */
  first(test: (row: T) => boolean): T | undefined {
    for (const row of this.rows.values()) {
      if (test(row)) return row;
    }
    return undefined;
  }

  /** The row with this id, or undefined. */
  find(id: number): T | undefined {
    return this.rows.get(id);
  }

  /** The row with this id; throws when there is none. */
  get(id: number): T {
    const row = this.rows.get(id);
    if (row === undefined) throw new Error(`The stand-in GitLab has no ${this.kind} ${id}`);
    return row;
  }

  /** Changes some properties of a row, past all of GitLab's rules. */
  update(id: number, changes: Partial<Omit<T, "id">>): T {
    return Object.assign(this.get(id), changes);
  }

  /** Removes a row, and what cannot be without it. False when there was none. */
  remove(id: number): boolean {
    const row = this.rows.get(id);
    if (row === undefined) return false;
    this.rows.delete(id);
    this.afterRemove(row);
    return true;
  }

  /** @internal */
  add(make: (id: number) => T): T {
    const row = make(this.nextId);
    this.nextId += 1;
    this.rows.set(row.id, row);
    return row;
  }
}
