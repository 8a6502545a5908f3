/// A place in the feed of one event: each event numbers what happens to it by itself, and so does the installation, which is
/// number 0 among them. Tables have it as one integer, so that the entries of an event stand together and in order.
package struct FeedNumber: Hashable, Sendable {
  private static let bits: Int64 = 40
  /// The highest number that an event can give.
  package static let limit: Int64 = 1 << bits - 1
  /// What stands for the event in numbers of the installation.
  package static let installation: Int64 = 0

  /// The store's key of the event; 0 for the whole installation.
  package let event: Int64
  /// Counts from 1 in the event; what others know it by.
  package let value: Int64

  /// - Parameter value: What lies beyond the numbers that there can be counts as the nearest that can.
  package init(_ event: Int64, _ value: Int64) {
    (self.event, self.value) = (event, min(max(value, 0), Self.limit))
  }

  /// From a table.
  package init(key: Int64) {
    (event, value) = (key >> Self.bits, key & Self.limit)
  }

  /// As tables have it.
  package var key: Int64 { event << Self.bits | value }

  /// The last that there can be of an event.
  package static func last(of event: Int64) -> FeedNumber { FeedNumber(event, limit) }

  /// SQL that makes a table's integer of a column with the event's key and one with the number.
  package static func key(_ event: String, _ value: String) -> String { "(\(event) << \(bits) | \(value))" }
}
