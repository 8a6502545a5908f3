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
    #expect(scan.code.isEmpty)
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
}
