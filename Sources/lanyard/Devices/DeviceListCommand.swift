import ArgumentParser
import Foundation
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardScanner
import LanyardTexts
import SwiftProtobuf

extension DeviceCommand {
  /// `lanyard device list`.
  struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List the devices: what they may do, when they were last heard of, and how many scans wait on them.",
      discussion: """
        Times are those of the event's place. A lane or door that runs is heard of every few seconds: one that was not for \
        two minutes is SILENT, because it is switched off, or the network does not reach it.
        """
    )

    @OptionGroup var server: ServerOptions
    @Option(name: .long, help: "Slug of the event.")
    var event: String
    @Flag(name: .long, help: "Print a line of JSON for each device.")
    var json = false

    func run() async throws {
      let (devices, clock, now) = try await server.withConnection { client in
        let service = Lanyard_V1_DeviceService.Client(wrapping: client)
        var now: Instant?
        let devices = try await Listing.all { token in
          let page = try await service.listDevices(
            .with { ($0.parent, $0.pageToken) = (ResourceName.event(event).description, token) }
          )
          if page.hasServerTime { now = Instant(shown: page.serverTime) }
          return (page.devices, page.nextPageToken)
        }
        return (devices, json ? nil : try await EventClock(of: event, client), now)
      }
      for device in devices {
        Console.line(try clock.map { DeviceLine(device, clock: $0, now: now).text } ?? device.jsonString())
      }
      if let clock, !devices.isEmpty { Console.line(clock.note) }
    }
  }

  /// `lanyard device change`.
  struct ChangeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "change",
      abstract: "Change a device: its name, where it may scan, whether its operators may override.",
      discussion: """
        The device follows at once where it is connected, else when it next is. A lane that runs at a checkpoint where it may \
        not scan any more stops there and says where it may.
        """
    )

    @OptionGroup var server: ServerOptions
    @Option(name: .long, help: "Slug of the event.")
    var event: String
    @Argument(help: "Id of the device, as `lanyard device list` shows it first.")
    var id: String
    @Option(name: .long, help: "New name of the device; at most 100 characters.")
    var name: String?
    @Option(name: .long, help: "A checkpoint that it may scan at, in place of those before; may be repeated.")
    var checkpoint: [String] = []
    @Flag(name: .customLong("all-checkpoints"), help: "It may scan at every checkpoint of the event.")
    var everywhere = false
    @Option(name: .long, help: "yes or no: whether its operators may override refusals and take back any scan.")
    var supervisor: Answer?
    @Flag(name: .long, help: "Print the device as JSON.")
    var json = false

    enum Answer: String, ExpressibleByArgument, CaseIterable {
      case yes, no
    }

    func validate() throws {
      if everywhere && !checkpoint.isEmpty {
        let options: [String: Sentence.Fact] = ["one": .text("--checkpoint"), "other": .text("--all-checkpoints")]
        throw ValidationError(Sentence(.optionNotBoth, options))
      }
      if name == nil && checkpoint.isEmpty && !everywhere && supervisor == nil {
        let options = ["--name", "--checkpoint", "--all-checkpoints", "--supervisor"]
        throw ValidationError(Sentence(.optionOneOf, ["choices": .list(options)]))
      }
    }

    func run() async throws {
      let (device, clock) = try await server.withConnection { client in
        var request = Lanyard_V1_UpdateDeviceRequest()
        request.device.name = ResourceName.device(id, of: event).description
        if let name {
          request.device.displayName = name
          request.updateMask.paths.append("display_name")
        }
        if everywhere || !checkpoint.isEmpty {
          request.device.checkpoints = try await DeviceCommand.checkpoints(client, named: checkpoint, of: event)
          request.updateMask.paths.append("checkpoints")
        }
        if let supervisor {
          request.device.supervisor = supervisor == .yes
          request.updateMask.paths.append("supervisor")
        }
        // Before anything is changed, since it may be that this machine does not know the event's time zone.
        let clock = json ? nil : try await EventClock(of: event, client)
        return (try await Lanyard_V1_DeviceService.Client(wrapping: client).updateDevice(request), clock)
      }
      Console.line(try clock.map { DeviceLine(device, clock: $0, now: nil).text } ?? device.jsonString())
    }
  }
}

/// A device as a line of a list.
struct DeviceLine {
  let text: String

  /// - Parameter now: The server's time; nil where it is not known, and so not who is silent.
  init(_ device: Lanyard_V1_Device, clock: EventClock, now: Instant?) {
    var parts = [ResourcePart.last(of: device.name), device.profile.shortName, device.displayName]
    parts.append(device.state == .revoked ? "REVOKED \(clock.text(device.revokeTime))" : "active")
    if device.supervisor { parts.append("supervisor") }
    if device.profile != .kiosk { parts.append(Self.places(device.checkpoints)) }
    parts.append(device.hasLastSeenTime ? "seen \(clock.text(device.lastSeenTime))" : "never seen")
    if device.state == .active, device.hasLastSeenTime, let now,
      let silence = device.profile.value?.silence(since: Instant(shown: device.lastSeenTime), at: now)
    {
      parts.append("SILENT \(Self.length(silence))")
    }
    if !device.version.isEmpty { parts.append("version \(device.version)") }
    if device.scansWaiting > 0 { parts.append("\(device.scansWaiting) SCANS WAIT") }
    let offset = device.clockOffset.seconds
    if abs(offset) >= 5 { parts.append("CLOCK \(abs(offset)) s \(offset > 0 ? "AHEAD" : "BEHIND")") }
    parts.append("certificate until \(clock.text(device.certificateExpireTime))")
    text = parts.joined(separator: "  ")
  }

  /// Where it may scan, by ids.
  static func places(_ checkpoints: [String]) -> String {
    checkpoints.isEmpty ? "at all checkpoints" : "at \(checkpoints.map(ResourcePart.last).joined(separator: ", "))"
  }

  /// Such as `12 min`, `3 h` or `2 d`.
  private static func length(_ time: Duration) -> String {
    let minutes = time.components.seconds / 60
    return minutes < 120 ? "\(minutes) min" : minutes < 2880 ? "\(minutes / 60) h" : "\(minutes / 1440) d"
  }
}

/// Times as the clocks at an event's place show them.
struct EventClock: Sendable {
  private let zone: ZoneID

  /// - Throws: `InvalidInput` where this machine does not know the event's time zone.
  init(of event: String, _ client: ServerClient) async throws {
    let service = Lanyard_V1_EventService.Client(wrapping: client)
    let found = try await service.getEvent(.with { $0.name = ResourceName.event(event).description })
    zone = try ZoneID(found.timeZone, field: "time_zone")
  }

  func text(_ time: Google_Protobuf_Timestamp) -> String { VenueTime(zone: zone).dateAndTime(Instant(shown: time)) }

  /// Of what place the times are.
  var note: String { "Times are those of \(zone.rawValue)." }
}
