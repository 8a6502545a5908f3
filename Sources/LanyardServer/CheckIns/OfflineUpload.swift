package import LanyardDomain
import LanyardStore

/// What a device did while it was offline, as one request tells it.
package struct OfflineUpload: Sendable {
  package let scans: [OfflineScan]
  /// Slug of the event.
  package let event: String
  /// Who uploads it; it is recorded as of when it is written.
  package let act: Act
  /// Id of the device or token.
  package let reporter: Reporter
  package let isSupervisor: Bool

  package init(_ scans: [OfflineScan], of event: String, by act: Act, reporter: Reporter, isSupervisor: Bool) {
    self.scans = scans
    self.event = event
    self.act = act
    self.reporter = reporter
    self.isSupervisor = isSupervisor
  }

  /// The codes that it tells of.
  var codes: [String] { scans.compactMap { $0.answered.flatMap { $0.scan.badge == nil ? $0.scan.code : nil } } }
}

/// An upload of which a part may be on disk.
struct PendingUpload: Sendable {
  let upload: OfflineUpload
  /// What the codes are that are not on record.
  let readings: [String: CodeReading]
  /// Receives what came of all of it, once.
  let reply: @Sendable (Result<[UploadOutcome?], StoreError>) -> Void
  /// What came of the entries that are on disk.
  private(set) var outcomes: [UploadOutcome?] = []

  init(
    upload: OfflineUpload,
    readings: [String: CodeReading],
    reply: @escaping @Sendable (Result<[UploadOutcome?], StoreError>) -> Void
  ) {
    self.upload = upload
    self.readings = readings
    self.reply = reply
  }

  /// The entries that are recorded next.
  var slice: [OfflineScan] { Array(upload.scans.dropFirst(outcomes.count).prefix(AdmissionWriter.sliceLimit)) }

  /// Takes what came of the slice; false where it was the last.
  mutating func take(_ new: [UploadOutcome?]) -> Bool {
    outcomes += new
    return outcomes.count < upload.scans.count
  }
}
