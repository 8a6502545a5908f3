/// What the bearer of a token may do.
package enum Role: String, Sendable, CaseIterable {
  /// Everything.
  case organiser
  /// Registrations and badges at the registration desk, and everything that scanners and viewers may do.
  case desk
  /// Scanning at a checkpoint.
  case scanner
  /// Reading programme and headcounts.
  case viewer
}
