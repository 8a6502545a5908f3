import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardServer
import LanyardStore
import LanyardTesting
import SwiftProtobuf
import Testing

@Suite("A scan's fingerprint")
struct ScanFingerprintTests {
  private static func fingerprint(_ change: (inout Lanyard_V1_Scan) -> Void) throws -> Int64 {
    var scan = Lanyard_V1_Scan.with {
      $0.scanID = "0190a6f0-0000-7000-8000-000000000001"
      $0.code = "LY1CODE"
      $0.scanTime = Google_Protobuf_Timestamp(SampleData.firstMorning)
    }
    change(&scan)
    let door = CheckpointAddress(event: SampleData.forum, checkpoint: "entrance-lane-1")
    return try SubmittedScan(scan, at: door, reporter: "r", received: SampleData.firstMorning, under: "").fingerprint
  }

  @Test("Tells scans apart, and holds nothing of what an operator wrote, which is erased with the person")
  func notes() throws {
    let plain = try Self.fingerprint { _ in }
    let one = try Self.fingerprint { $0.override = .with { ($0.note, $0.operator) = ("known", "Ann") } }
    let two = try Self.fingerprint { $0.override = .with { ($0.note, $0.operator) = ("other", "Bob") } }
    #expect(one == two && one != plain)
    #expect(try Self.fingerprint { $0.code = "LY1OTHER" } != plain)
  }
}
