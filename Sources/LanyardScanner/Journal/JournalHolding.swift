package import Foundation

/// What a journal holds.
package struct JournalHolding: Sendable {
  package var waiting = 0
  package var refused = 0
  /// For which server and event its scans are, as those who wrote it say; nil in a file of an earlier version.
  package var origin: Data?
  /// The first entry that waits.
  package var first: Data?
  /// The highest number that an entry was ever given; 0 where none was.
  package var last: Int64 = 0

  package static let nothing = JournalHolding()
}
