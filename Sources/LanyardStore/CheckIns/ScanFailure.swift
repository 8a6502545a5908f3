package import LanyardDomain

/// Why a scan could not be decided; nothing is recorded of it.
package enum ScanFailure: Error, Hashable, Sendable {
  /// The id stands for another scan.
  case idReused
  /// It was taken back before it was on record, because its answer came too late.
  case takenBack
  case unknownCheckpoint(CheckpointAddress)
  /// There is no such scan of this event to be taken back.
  case notFound(ResourceName)
  /// It says that somebody went out without a scan, where that is not for operators to say.
  case missedExitDenied
  /// Its code is not on record, and nobody has said yet what it is.
  case unread
  /// It met a row with a value that this version does not know; what it would mean for the scan is open.
  case unknownValue(table: String, column: String)
  /// The store refused this one: what it is about, for the log; no content of rows.
  case notRecorded(about: String)
}
