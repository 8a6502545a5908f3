import LanyardAPI
import LanyardDomain
import LanyardTesting
import SwiftProtobuf
import Testing

@testable import LanyardMessages

@Suite("What is kept of a code, as it is told")
struct CodeTraceMessageTests {
  private static let traces: [CodeTrace] =
    WithheldCode.allCases.map(CodeTrace.withheld) + [
      .code(serial: BadgeSerial(7), event: "forum"), .code(serial: BadgeSerial(7), event: ""),
      .text(beginning: "BEGIN:", length: 22), .text(beginning: "", length: 1),
      // Somebody may read a text that is such a word.
      .text(beginning: "TOO_LONG", length: 8),
    ]

  @Test("Is the same when it is read")
  func roundTrip() throws {
    for trace in Self.traces { #expect(try CodeTrace(Lanyard_V1_CodeTrace(trace), field: "code_trace") == trace) }
  }

  @Test("Is read of who says a withheld code by its word alone, and said so to them")
  func earlier() throws {
    for code in WithheldCode.allCases {
      #expect(Lanyard_V1_CodeTrace(.withheld(code)).beginning == code.rawValue)
      let told = Lanyard_V1_CodeTrace.with { $0.beginning = code.rawValue }
      #expect(try CodeTrace(told, field: "code_trace") == .withheld(code))
    }
  }

  @Test("Is refused where it says what nobody knows, by the field")
  func unknown() {
    let faults: [(field: String, message: Lanyard_V1_CodeTrace)] = [
      ("code_trace.withheld", .with { $0.withheld = .UNRECOGNIZED(9) }),
      ("code_trace.serial", .with { $0.serial = "7" }),
      ("code_trace.length", .with { $0.length = -1 }),
    ]
    for (field, message) in faults {
      let fault = #expect(throws: InvalidInput.self) { try CodeTrace(message, field: "code_trace") }
      #expect(fault?.violations.map(\.field) == [field])
    }
  }
}
