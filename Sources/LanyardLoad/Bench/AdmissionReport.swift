/// What `lanyard bench admission` measured.
package struct AdmissionReport: Sendable, Encodable {
  /// Scans of each transaction of bare SQLite.
  package let bareBatch: Int
  /// Scans of a transaction of the writer with no network, on average.
  package let storeBatch: Double
  package let barePerSecond: Double
  package let storePerSecond: Double
  package let streamsPerSecond: Double
  package let unaryPerSecond: Double
  package let emptyUnaryPerSecond: Double
  /// Store to bare SQLite.
  package let storeRatio: Double
  /// Streams to store.
  package let ratio: Double
  /// Unary to empty unary.
  package let unaryRatio: Double
  /// Answer times of the open loop in milliseconds.
  package let p50: Double
  package let p99: Double
  package let p999: Double
  /// Whether what it wrote went to memory, which costs less than any disk.
  package let isInMemory: Bool

  private enum CodingKeys: String, CodingKey {
    case bareBatch = "bare_sqlite_batch"
    case storeBatch = "store_batch_mean"
    case barePerSecond = "bare_sqlite_per_second"
    case storeRatio = "store_to_bare_ratio"
    case unaryRatio = "unary_to_empty_ratio"
    case storePerSecond = "store_per_second"
    case streamsPerSecond = "streams_per_second"
    case unaryPerSecond = "unary_per_second"
    case emptyUnaryPerSecond = "empty_unary_per_second"
    case ratio
    case p50 = "p50_ms"
    case p99 = "p99_ms"
    case p999 = "p999_ms"
    case isInMemory = "in_memory"
  }
}
