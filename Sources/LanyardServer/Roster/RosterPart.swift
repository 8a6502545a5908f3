import Foundation
import LanyardAPI
import LanyardDomain
import SwiftProtobuf

/// Badges or presences of a roster as bytes that were made once for all lanes that get them.
struct RosterPart: Sendable {
  /// The most badges or presences of one message.
  static let limit = 500

  /// How many badges or presences there are.
  let count: Int
  private let fields: UnknownStorage

  init(_ content: Lanyard_V1_WatchRosterResponse, count: Int) throws {
    try self.init(bytes: try content.serializedBytes(), count: count)
  }

  private init(bytes: Data, count: Int) throws {
    self.count = count
    fields = try UnknownStorage(packed: bytes)
  }

  /// Parts that tell of scans that were taken back.
  static func parts(ofUndone scans: [UUIDBytes]) throws -> [RosterPart] {
    try stride(from: 0, to: scans.count, by: limit).map { start in
      let part = scans[start..<min(start + limit, scans.count)]
      return try RosterPart(.with { $0.undoneScanIds = part.map(\.description) }, count: part.count)
    }
  }

  /// The part as a message: unknown fields are written out as they are, beside what each lane is told by itself.
  var message: Lanyard_V1_WatchRosterResponse { .with { $0.unknownFields = fields } }

  /// Parts in as few messages as `limit` allows: the bytes of two messages one after the other are both in one.
  ///
  /// - Parameter sequence: How far the feed had come when they were read.
  static func messages(
    _ parts: some Sequence<RosterPart>,
    readAt sequence: Int64
  ) throws -> [Lanyard_V1_WatchRosterResponse] {
    var packed: [RosterPart] = []
    for part in parts where part.count > 0 {
      if let last = packed.last, last.count + part.count <= limit {
        packed[packed.count - 1] = try RosterPart(
          bytes: last.fields.data + part.fields.data,
          count: last.count + part.count
        )
      } else {
        packed.append(part)
      }
    }
    return packed.map { part in
      var message = part.message
      message.sequence = sequence
      return message
    }
  }
}

extension Message {
  /// The same message as bytes that are written out as they are, however often it is sent. Its own fields are empty.
  func packed() throws -> Self {
    let bytes: Data = try serializedBytes()
    var message = Self()
    message.unknownFields = try UnknownStorage(packed: bytes)
    return message
  }
}

extension UnknownStorage {
  /// - Parameter bytes: A whole message. One without fields of its own keeps all that it is given as it is.
  fileprivate init(packed bytes: Data) throws {
    self = try Google_Protobuf_Empty(serializedBytes: bytes).unknownFields
  }
}
