import GRPCCore
import LanyardDomain
import Synchronization

/// The id of a call: the one that its client sent as the metadata `x-request-id`, where its form says nothing of anybody, else a
/// new one. The trail keeps it for ever, also when a person is erased whom a client named in it.
struct RequestID: Sendable {
  /// Names this run of the server.
  private static let run = UInt64.random(in: 0...UInt64.max)
  private static let last = Atomic<UInt64>(0)
  /// The fewest hexadecimal digits that are taken for an id: few words are so long and have no other letter than those.
  private static let fewestDigits = 16

  private let sent: String?
  private let number: UInt64

  init(_ metadata: Metadata = [:]) {
    sent = metadata[stringValues: "x-request-id"].first { _ in true }.flatMap(Self.opaque)
    number = Self.last.wrappingAdd(1, ordering: .relaxed).newValue
  }

  /// The client's, or the number of the call in this run as a UUID.
  var text: String { sent ?? UUIDBytes(high: Self.run, low: number).description }

  /// What is kept of an id: a UUID, or 16 to 64 hexadecimal digits; nil of all else.
  private static func opaque(_ text: String) -> String? {
    if let id = UUIDBytes(text) { return id.description }
    let isDigits =
      (fewestDigits...Act.requestLimit).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
        default: false
        }
      }
    return isDigits ? text : nil
  }
}
