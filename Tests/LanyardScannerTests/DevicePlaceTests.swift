import Foundation
import LanyardAPI
import LanyardDomain
import LanyardTesting
import LanyardTexts
import SwiftProtobuf
import Testing

@testable import LanyardScanner

@Suite("The place that a device scans at")
struct DevicePlaceTests {
  private static let gate = DeviceIdentity.Checkpoint(
    CheckpointAddress(event: "forum", checkpoint: "gate"),
    displayName: "Main gate"
  )
  private static let hall = DeviceIdentity.Checkpoint(
    CheckpointAddress(event: "forum", checkpoint: "hall"),
    displayName: "Hall"
  )

  private static func device(
    _ checkpoints: [DeviceIdentity.Checkpoint],
    known: [DeviceIdentity.Checkpoint]? = nil
  ) -> DeviceIdentity {
    DeviceIdentity(
      server: .loopback(port: 1),
      device: DeviceAddress(event: "forum", id: "d"),
      displayName: "Lane 1",
      checkpoints: checkpoints,
      known: known,
      isSupervisor: false
    )
  }

  @Test("Is the one that it was enrolled for, and any of several by name, id or resource name")
  func found() throws {
    #expect(try Self.device([Self.gate]).checkpoint(nil)?.address == Self.gate.address)
    for text in ["main GATE", "gate", Self.gate.address.name.description] {
      #expect(try Self.device([Self.hall, Self.gate]).checkpoint(text)?.address == Self.gate.address)
      #expect(try Self.device([], known: [Self.hall, Self.gate]).checkpoint(text)?.address == Self.gate.address)
    }
  }

  @Test("Is nowhere for a kiosk, and for any other, or one that enrolled before this was kept, where it may scan")
  func kiosk() {
    var device = Self.device([Self.gate])
    let cases: [(DeviceProfile?, Bool)] = [
      (.kiosk, false), (.lane, true), (.door, true), (.desk, true), (nil, true),
    ]
    for (profile, isForScanning) in cases {
      device.profile = profile
      #expect(device.isForScanning == isForScanning)
    }
    #expect(device.mayScan(at: Self.gate.address) && !device.mayScan(at: Self.hall.address))
    #expect(Self.device([]).mayScan(at: Self.hall.address))
  }

  @Test("Is never all of the event because one of its own is not listed, nor anywhere for what is unknown")
  func told() throws {
    var device = Lanyard_V1_Device.with {
      $0.name = "events/forum/devices/d"
      $0.profile = .lane
      $0.checkpoints = [Self.hall.address.name.description]
    }
    func identity() throws(InvalidInput) -> DeviceIdentity {
      try DeviceIdentity(device, at: .loopback(port: 1), all: [.with { $0.name = Self.gate.address.name.description }])
    }
    let known = try identity()
    #expect(known.mayScan(at: Self.hall.address) && !known.mayScan(at: Self.gate.address))
    #expect(known.checkpoints.map(\.displayName) == ["hall"] && known.isUpToDate(with: device))
    for profile in [Lanyard_V1_DeviceProfile.UNRECOGNIZED(9), .unspecified] {
      device.profile = profile
      let error = #expect(throws: InvalidInput.self) { try identity() }
      #expect(error?.violations.map(\.field) == ["profile"])
      var old = known
      old.profile = nil
      #expect(!old.isUpToDate(with: device), "what is unknown is not taken for what was not kept")
    }
  }

  @Test("Is known by a folder that says what this version knows, and else it asks for an update by the field")
  func keptProfile() throws {
    try withTemporaryFolder { place in
      let path = place.path
      let folder = DeviceFolder(path: path)
      var device = Self.device([Self.gate])
      device.profile = .desk
      try folder.keep(device)
      #expect(try folder.identity() == device)
      let file = "\(path)/device.json"
      let text = try String(contentsOfFile: file, encoding: .utf8)
      try text.replacing("DESK", with: "DRONE").write(toFile: file, atomically: true, encoding: .utf8)
      let fault = #expect(throws: DeviceFault.self) { try folder.identity() }
      #expect(fault?.sentence.key == .laneDeviceNeedsUpdate)
    }
  }

  @Test("Is asked of the server where the device is for the whole event and does not know it")
  func unknown() throws {
    #expect(try Self.device([], known: [Self.hall]).checkpoint("gate") == nil)
    #expect(try Self.device([]).checkpoint(Self.gate.address.name.description)?.address == Self.gate.address)
  }

  @Test("Is wrong use where it is not said which, and not for the device where it is none of its own")
  func refused() {
    func fault(_ device: DeviceIdentity, _ text: String?) -> DeviceFault? {
      do throws(DeviceFault) {
        _ = try device.checkpoint(text)
        return nil
      } catch {
        return error
      }
    }
    #expect(fault(Self.device([]), nil)?.sentence == Sentence(.laneSayWhere))
    #expect(fault(Self.device([Self.gate, Self.hall]), nil)?.sentence.key == .laneSayWhereOf)
    let other = fault(Self.device([Self.gate]), "hall")
    #expect(other?.sentence.key == .lanePlaceNotAllowed && other?.isAnswer == true && other?.isWrongUse == false)
  }

  @Test("Is kept by resource names, as versions of before kept it, and one that is none is no place")
  func kept() throws {
    let text = """
      {"server": "server:7443", "device": "events/forum/devices/d", "displayName": "Lane 1", "isSupervisor": false,
      "checkpoints": [{"name": "events/forum/checkpoints/gate", "displayName": "Main gate"}]}
      """
    func read(_ text: String) throws -> DeviceIdentity {
      try JSONDecoder().decode(DeviceIdentity.self, from: Data(text.utf8))
    }
    let identity = try read(text)
    #expect(identity.device == DeviceAddress(event: "forum", id: "d") && identity.checkpoints == [Self.gate])
    let again = try read(String(decoding: try JSONEncoder().encode(identity), as: UTF8.self))
    #expect(again == identity)
    for (name, field) in [("devices/d", "device"), ("checkpoints/gate", "checkpoints.Index 0.name")] {
      let other = #expect(throws: InvalidInput.self) { try read(text.replacing("forum/\(name)", with: "forum/x/y")) }
      #expect(other?.violations.map(\.field) == [field])
    }
    // Nor does it scan at an event that is not its own.
    #expect(!identity.mayScan(at: CheckpointAddress(event: "other", checkpoint: "gate")))
    #expect(!Self.device([]).mayScan(at: CheckpointAddress(event: "other", checkpoint: "gate")))
  }
}
