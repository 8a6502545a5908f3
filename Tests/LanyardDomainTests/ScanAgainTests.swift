import LanyardDomain
import LanyardTesting
import Testing

@Suite("A scan that is sent under the id of one on record")
struct ScanAgainTests {
  /// The scan on record, and the one that is sent.
  struct Case: CustomStringConvertible, Sendable {
    let rule: String
    var reporter: Reporter = "device"
    var isOffline = false
    var kept: OverrideNote?
    var fingerprint: Int64 = 7
    var sender: Reporter = "device"
    var note: OverrideNote?
    var isUpload = false
    let isAnswered: Bool

    var description: String { rule }
  }

  private static let note = OverrideNote(note: "known by face", operatorName: "AB")
  private static let other = OverrideNote(note: "known by voice", operatorName: "AB")
  private static let erased = OverrideNote(note: "", operatorName: "")

  static let cases = [
    Case(rule: "sent live again by its reporter, it is answered", isAnswered: true),
    Case(rule: "with other content it is another scan", fingerprint: 8, isAnswered: false),
    Case(rule: "another reporter is not told what became of it", sender: "other", isAnswered: false),
    Case(rule: "answered live, it is its reporter's in an upload too", isUpload: true, isAnswered: true),
    Case(
      rule: "answered live, it is not another's in an upload either",
      sender: "other",
      isUpload: true,
      isAnswered: false
    ),
    Case(
      rule: "a fact is known by its content, whoever uploads it",
      isOffline: true,
      sender: "other",
      isUpload: true,
      isAnswered: true
    ),
    Case(
      rule: "a fact with other content is another",
      isOffline: true,
      fingerprint: 8,
      isUpload: true,
      isAnswered: false
    ),
    Case(rule: "a fact that its reporter sends live is answered", isOffline: true, isAnswered: true),
    Case(rule: "a fact that another sends live is not", isOffline: true, sender: "other", isAnswered: false),
    Case(rule: "with the note that it was let in with, it is the same", kept: note, note: note, isAnswered: true),
    Case(rule: "with another note it is another scan", kept: note, note: other, isAnswered: false),
    Case(rule: "without its note it is another scan", kept: note, isAnswered: false),
    Case(rule: "a note that was erased cannot tell any more", kept: erased, note: note, isAnswered: true),
    Case(rule: "a note that let nobody in was not kept", note: note, isAnswered: true),
    Case(
      rule: "a fact with another note is another",
      isOffline: true,
      kept: note,
      note: other,
      isUpload: true,
      isAnswered: false
    ),
  ]

  @Test("Is answered or refused by these rules", arguments: cases)
  func rules(one: Case) {
    let (now, door) = (Instant(seconds: 0), CheckpointAddress(event: "forum", checkpoint: "lane-1"))
    let id = UUIDBytes(high: 1, low: 2)
    let recorded = RecordedScan(
      id: id,
      checkpoint: door,
      timeZone: Venue.zone,
      answer: .admitted,
      direction: .into,
      attendee: nil,
      session: nil,
      scannedAt: now,
      receivedAt: now,
      earlier: nil,
      opensAt: nil,
      admittedHere: [],
      reporter: one.reporter,
      overridden: one.kept.map { RecordedScan.Overridden(reason: .alreadyInside, note: $0) },
      offline: one.isOffline ? RecordedScan.Offline(happenedAt: now, notInRoster: false) : nil
    )
    let sent = SubmittedScan(
      id: id,
      checkpoint: door,
      code: "CODE",
      direction: .into,
      scannedAt: now,
      fingerprint: one.fingerprint,
      reporter: one.sender,
      override: one.note
    )
    #expect(recorded.answers(sent, fingerprint: 7, isUpload: one.isUpload) == one.isAnswered)
  }
}
