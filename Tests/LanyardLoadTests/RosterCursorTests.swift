import GRPCCore
import LanyardAPI
import SwiftProtobuf
import Testing

@testable import LanyardLoad

@Suite("The cursor in a message of a roster")
struct RosterCursorTests {
  private static let message = Lanyard_V1_WatchRosterResponse.with {
    $0.plan.rehearsal = true
    $0.snapshot = true
    $0.entries = (1...200 as ClosedRange<UInt64>).map { serial in .with { $0.serial = serial } }
    $0.presences = [.with { $0.registration = "someone" }]
    $0.cursor = "store.4711.3"
    $0.serverTime = .init(seconds: 1_716_800_000, nanos: 5)
  }

  private static func cursor(_ bytes: [UInt8]) throws -> String { try RosterCursorDeserializer().deserialize(bytes) }

  @Test("Is what a whole reading finds, and empty where there is none")
  func found() throws {
    #expect(try Self.cursor(Self.message.serializedBytes()) == Self.message.cursor)
    var without = Self.message
    without.cursor = ""
    #expect(try Self.cursor(without.serializedBytes()) == "")
    #expect(try Self.cursor([]) == "")
  }

  @Test("Is looked for in a whole message only")
  func malformed() throws {
    let bytes: [UInt8] = try Self.message.serializedBytes()
    for broken in [Array(bytes.dropLast()), [0x2A], [0x2A, 0xFF], [0x0B], Array(repeating: 0xFF, count: 20)] {
      #expect(throws: RPCError.self) { try Self.cursor(broken) }
    }
  }
}
