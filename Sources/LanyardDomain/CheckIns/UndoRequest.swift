/// Who takes a scan back, and why.
package struct UndoRequest: Hashable, Sendable {
  /// How long the device that made a scan may take it back.
  package static let ownTime = Duration.seconds(15 * 60)

  package let scan: UUIDBytes
  /// Slug of the event.
  package let event: String
  package let reporter: Reporter
  /// Whether it may take back what others scanned, at any time.
  package let isSupervisor: Bool
  package let note: String
  /// Whether a lane did it by itself while it was offline: that has happened, whatever who reports it may do now.
  package let isFact: Bool

  package init(
    scan: UUIDBytes,
    event: String,
    reporter: Reporter,
    isSupervisor: Bool,
    note: String,
    isFact: Bool = false
  ) {
    self.scan = scan
    self.event = event
    self.reporter = reporter
    self.isSupervisor = isSupervisor
    self.note = note
    self.isFact = isFact
  }
}
