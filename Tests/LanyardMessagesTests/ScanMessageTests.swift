import BadgeCodes
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTesting
import SwiftProtobuf
import Testing

@Suite("A scan as a message") struct ScanMessageTests {
  private static func submitted(_ code: String) throws -> SubmittedScan {
    let scan = Lanyard_V1_Scan.with { ($0.scanID, $0.code) = ("0190a6f0-0000-7000-8000-000000000001", code) }
    let door = CheckpointAddress(event: SampleData.forum, checkpoint: "entrance-lane-1")
    return try SubmittedScan(scan, at: door, reporter: "r", received: SampleData.firstMorning, under: "")
  }

  @Test(
    "Brings no text to a store that cannot be printed: it is no badge's code",
    arguments: [
      "LY1CODE\0", "LY1CODE\0X", "\0", "LY1\u{7F}CODE", "LY1\u{202E}CODE", "LY1\tCODE", "LY1CÔDE", "\u{1B}[2J",
    ]
  )
  func unprintable(code: String) throws {
    let scan = try Self.submitted(code)
    #expect(scan.code.isEmpty && scan.trace == CodeTrace(ofUnreadable: BadgeCodeText.canonical(code)))
    // Sent again with another text it is another scan all the same.
    #expect(try scan.fingerprint != Self.submitted("LY1CODE").fingerprint)
    #expect(try scan.fingerprint != Self.submitted("").fingerprint)
  }

  @Test(
    "Has its code in the one spelling",
    arguments: [
      ("LY1CODE", "LY1CODE"), (" ly1code\r\n", "LY1CODE"), ("https://example.org/?a=1~", "HTTPS://EXAMPLE.ORG/?A=1~"),
    ]
  )
  func printable(code: String, canonical: String) throws {
    #expect(try Self.submitted(code).code == canonical)
  }

  /// A scan on record that says all that one can.
  private static func recorded(_ answer: RecordedScan.Answer) -> RecordedScan {
    let moment = SampleData.firstMorning
    return RecordedScan(
      id: UUIDBytes.timeOrdered(at: moment),
      checkpoint: CheckpointAddress(event: SampleData.forum, checkpoint: "entrance-lane-1"),
      timeZone: "Europe/Zurich",
      answer: answer,
      direction: answer.kind == .left ? .out : .into,
      attendee: Attendee(
        registration: "r1",
        displayName: "Ada",
        organisation: "",
        group: "Government",
        role: "",
        badge: BadgeSerial(7),
        mark: .none,
        language: .french
      ),
      session: nil,
      scannedAt: moment,
      receivedAt: moment + .seconds(2),
      earlier: nil,
      opensAt: nil,
      admittedHere: [],
      reporter: "r",
      offline: RecordedScan.Offline(happenedAt: moment + .seconds(1), notInRoster: true),
      undo: RecordedScan.Undo(at: moment + .seconds(3), reporter: "s", note: "wrong door"),
      isDoubleReading: answer.kind != .refused
    )
  }

  static let answers: [RecordedScan.Answer] =
    [.admitted, .left(wasInside: true), .left(wasInside: false)] + RefusalReason.allCases.map { .refused($0) }

  @Test("Says of a record what came of the scan, there and back", arguments: ScanMessageTests.answers)
  func answered(answer: RecordedScan.Answer) throws {
    let record = Self.recorded(answer)
    let message = Lanyard_V1_CheckIn(record)
    let read = try AnsweredScan(message)
    #expect(read.id == record.id && read.checkpoint == record.checkpoint && read.answer == record.answer)
    #expect(read.direction == record.direction && read.isDoubleReading == record.isDoubleReading)
    #expect(read.registration == "r1" && read.badge == BadgeSerial(7))
    #expect(read.scannedAt == record.scannedAt && read.receivedAt == record.receivedAt)
    #expect(read.offline == record.offline && read.undo == record.undo && read.reporter == record.reporter)
    #expect(read.happenedAt == record.offline?.happenedAt)
    let passage = try AnsweredPassage(message)
    #expect(passage?.way == answer.kind.way && passage?.registration == answer.kind.way.map { _ in "r1" })
    if let passage {
      #expect(passage.checkpoint == "entrance-lane-1" && passage.moment == record.receivedAt && passage.isDoubleReading)
    }
  }

  @Test("Happened when it was decided, where it is recorded as of a later moment")
  func decided() throws {
    var record = Self.recorded(.admitted)
    (record.offline, record.decidedAt) = (nil, record.receivedAt - .seconds(86_400))
    let message = Lanyard_V1_CheckIn(record)
    let read = try AnsweredScan(message)
    #expect(read.receivedAt == record.receivedAt && read.decidedAt == record.decidedAt)
    #expect(read.happenedAt == record.decidedAt)
    #expect(try AnsweredPassage(message)?.moment == record.decidedAt)
  }

  @Test("Is refused by its field where an answer says something that is not known here")
  func unknown() throws {
    func fields(_ change: (inout Lanyard_V1_CheckIn) -> Void) throws -> [String?] {
      var message = Lanyard_V1_CheckIn(Self.recorded(.admitted))
      change(&message)
      let scan = #expect(throws: InvalidInput.self) { try AnsweredScan(message) }
      var passage: InvalidInput?
      do throws(InvalidInput) { _ = try AnsweredPassage(message) } catch { passage = error }
      return [scan?.violations.first?.field, passage?.violations.first?.field]
    }
    #expect(try fields { $0.scanID = "1" } == ["scan_id", nil])
    #expect(try fields { $0.answer = .UNRECOGNIZED(9) } == ["answer", "answer"])
    #expect(try fields { $0.answer = .unspecified } == ["answer", "answer"])
    #expect(try fields { ($0.answer, $0.reason) = (.refused, .UNRECOGNIZED(99)) } == ["reason", nil])
    #expect(try fields { $0.checkpoint = "entrance-lane-1" } == ["checkpoint", "checkpoint"])
    #expect(try fields { $0.attendee.registration = "r1" } == Array(repeating: "attendee.registration", count: 2))
    #expect(try fields { $0.badge = "7" } == ["badge", nil])
    #expect(try fields { $0.direction = .unspecified } == ["direction", nil])
    #expect(try fields { $0.receiveTime.nanos = -1 } == ["receive_time", "receive_time"])
    #expect(try fields { $0.decideTime.nanos = -1 } == ["decide_time", "decide_time"])
    #expect(try fields { $0.scanTime.seconds = .max } == ["scan_time", nil])
    #expect(try fields { $0.offline.happenTime.nanos = -1 } == ["offline.happen_time", nil])
    #expect(try fields { $0.undo.undoTime.nanos = -1 } == ["undo.undo_time", nil])
  }
}
