import GRPCCore
import LanyardDomain
import Synchronization

/// The id of a call: the one that its client sent as the metadata `x-request-id`, else a new one.
struct RequestID: Sendable {
  /// Names this run of the server.
  private static let run = UInt64.random(in: 0...UInt64.max)
  private static let last = Atomic<UInt64>(0)

  private let sent: String?
  private let number: UInt64

  init(_ metadata: Metadata = [:]) {
    sent = metadata[stringValues: "x-request-id"].first { _ in true }.flatMap { Self.isValid($0) ? $0 : nil }
    number = Self.last.wrappingAdd(1, ordering: .relaxed).newValue
  }

  /// The client's, or the number of the call in this run as a UUID.
  var text: String { sent ?? UUIDBytes(high: Self.run, low: number).description }

  /// The client's where it is a UUID, which says nothing of anybody, else the number of the call in this run.
  var wordless: String { UUIDBytes(text)?.description ?? RequestID(number: number).text }

  private init(number: UInt64) { (sent, self.number) = (nil, number) }

  /// Whether it is 1 to 64 letters of ASCII, digits, hyphens, underscores and dots.
  private static func isValid(_ text: String) -> Bool {
    (1...Act.requestLimit).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
        default: false
        }
      }
  }
}
