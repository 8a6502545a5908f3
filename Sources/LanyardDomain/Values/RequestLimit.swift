/// The most of what one request or message may have: the server refuses more, so clients send no more.
package enum RequestLimit {
  /// Rows of one message of an import, which are one transaction.
  package static let rows = 500
  /// Faults that the answer to an import lists.
  package static let faults = 5000
  /// What a device uploads at once of what it did by itself.
  package static let upload = 256
  /// Scans of one message of a lane's stream.
  package static let scans = 64
  /// Bytes of what a reader read, in UTF-8: more than any code of a badge or any link has.
  package static let code = 1024
  /// Checkpoints that a device is for, or whose roster it follows.
  package static let checkpoints = 100
  /// Registrations that get badges at once.
  package static let badges = 1000
  /// Registrations that are booked at once, or lose their bookings.
  package static let bookings = 1000
  /// Characters and words of what people are looked for by at a door, and people of one page of those found.
  package static let (queryCharacters, queryWords, found) = (100, 8, 50)
  /// Entries of one page of a list; who asks for more gets these.
  package static let page = 1000
}
