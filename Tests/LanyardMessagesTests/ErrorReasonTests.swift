import Foundation
import GRPCCore
import GRPCProtobuf
import LanyardAPI
import LanyardMessages
import SwiftProtobuf
import Testing

@Suite("Reasons of errors") struct ErrorReasonTests {
  /// The status of each reason, and the reasons in order, as the contract lists them.
  private static func listed() throws -> [(reason: String, status: String)] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "proto/README.md")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    var status = ""
    return lines.compactMap { line in
      guard let row = line.wholeMatch(of: #/\| (?:`([A-Z_]+)`)? ?\| `([A-Z_]+)` \| .+ \|/#) else { return nil }
      if let stated = row.1 { status = String(stated) }
      return (String(row.2), status)
    }
  }

  @Test("Are listed in the contract, each with its status") func contract() throws {
    let listed = try Self.listed()
    #expect(listed.map(\.reason).sorted() == ErrorReason.allCases.map(\.rawValue).sorted())
    for (reason, status) in listed {
      let code = try #require(ErrorReason(rawValue: reason)?.code)
      // The service says INTERNAL as everybody does; the library has another word for it.
      let words = code == .internalError ? "INTERNAL" : Self.words(code)
      #expect(words == status, "\(reason)")
    }
  }

  /// A status as the contract writes it.
  private static func words(_ code: RPCError.Code) -> String {
    code.description.replacing(#/([a-z])([A-Z])/#) { "\($0.1)_\($0.2)" }.uppercased()
  }

  @Test("Come out of a call and of a scan as they were put in", arguments: ErrorReason.allCases)
  func roundTrip(reason: ErrorReason) {
    let details: [ErrorDetails] = [
      .errorInfo(reason: reason.rawValue, domain: ErrorReason.domain, metadata: [:]),
      .badRequest(violations: [.init(field: "scan_id", description: "is not a UUID")]),
    ]
    let error = RPCError(GoogleRPCStatus(code: reason.code, message: "No.", details: details))
    #expect(error.details?.info.reason == reason.rawValue && error.details?.fields.map(\.field) == ["scan_id"])
    let scan = Lanyard_V1_ScanError(error)
    #expect(scan.known == reason && scan.field == "scan_id" && scan.code == Int32(reason.code.rawValue))
    #expect(scan.message == "No.")
  }

  @Test("Say alike of a call and of a scan whether it may pass") func passing() {
    let passing = Set(ErrorReason.allCases.filter(\.isPassing))
    #expect(passing.isSuperset(of: [.diskFull, .storeBusy, .tooManyWaiting, .serverStopping, .deadlineExceeded]))
    #expect(passing.isDisjoint(with: [.requestTooLarge, .headersTooLarge, .etagMismatch, .undoRefused, .storeFailed]))
    for reason in ErrorReason.allCases {
      var scan = Lanyard_V1_ScanError()
      (scan.code, scan.reason) = (Int32(reason.code.rawValue), reason.rawValue)
      #expect(scan.isPassing == passing.contains(reason), "\(reason)")
    }
    // A reason of a newer service is judged by its status, and a status that is none never passes.
    for (code, isPassing) in [
      (RPCError.Code.unavailable.rawValue, true), (RPCError.Code.notFound.rawValue, false), (99, false),
    ] {
      let scan = Lanyard_V1_ScanError.with { ($0.code, $0.reason) = (Int32(code), "OF_TOMORROW") }
      #expect(scan.isPassing == isPassing, "\(code)")
    }
  }

  @Test("Of somebody else are not the service's") func strangers() {
    let details: [ErrorDetails] = [.errorInfo(reason: "DEVICE_REVOKED", domain: "example.org", metadata: [:])]
    let error = RPCError(GoogleRPCStatus(code: .unauthenticated, message: "No.", details: details))
    #expect(error.details == nil && Lanyard_V1_ScanError(error).known == nil)
  }

  @Test("Of a newer service are kept as they came, and known to nobody") func newer() {
    var scan = Lanyard_V1_ScanError()
    scan.reason = "OF_TOMORROW"
    #expect(scan.known == nil && scan.reason == "OF_TOMORROW")
  }
}
