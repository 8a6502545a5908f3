/// Who is booked for a place, of those whom a request names.
package struct Bookings: Sendable {
  private var booked: Set<String>

  /// - Parameter booked: Ids of registrations.
  package init(_ booked: Set<String>) {
    self.booked = booked
  }

  /// Books registrations.
  ///
  /// - Returns: Those that were not booked before, each once and in order.
  package mutating func add(_ registrations: [String]) -> [String] {
    registrations.filter { booked.insert($0).inserted }
  }

  /// Takes bookings back.
  ///
  /// - Returns: Those that were booked, each once and in order.
  package mutating func remove(_ registrations: [String]) -> [String] {
    registrations.filter { booked.remove($0) != nil }
  }
}
