import Foundation
import LanyardAPI
import LanyardStore
import SwiftProtobuf

extension LaneJournal.Entry {
  /// The entry as it is uploaded at `now`; nil where it cannot be read, which only a damaged file explains.
  func message(at now: DeviceMoment) -> Lanyard_V1_OfflineCheckIn? {
    guard var message = try? Lanyard_V1_OfflineCheckIn(serializedBytes: content) else { return nil }
    message.age = Google_Protobuf_Duration(rounding: now.age(of: moment))
    return message
  }
}

extension LaneJournal {
  /// Writes a scan or an undo down.
  func append(_ message: Lanyard_V1_OfflineCheckIn, at moment: DeviceMoment) throws {
    try append(try message.serializedBytes() as Data, at: moment)
  }

  /// What the device knows of its server's clock; nil where it never spoke to it.
  func serverTime() -> ServerTime? {
    (try? note(Self.clockNote)).flatMap { $0 }.flatMap { try? JSONDecoder().decode(ServerTime.self, from: $0) }
  }

  func keep(_ time: ServerTime) throws { try keep(JSONEncoder().encode(time), as: Self.clockNote) }

  private static let clockNote = "clock"
}
