import ArgumentParser
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

extension DeviceCommand {
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

    @OptionGroup var server: CallerOptions
    @OptionGroup var event: EventOption
    @Argument(help: "Id of the device, as `lanyard device list` shows it first.")
    var id: String
    @Option(name: .long, help: "New name of the device; at most \(Device.nameLimit) characters.")
    var name: String?
    @Option(name: .long, help: "A checkpoint that it may scan at, in place of those before; may be repeated.")
    var checkpoint: [String] = []
    @Flag(name: .customLong("all-checkpoints"), help: "It may scan at every checkpoint of the event.")
    var everywhere = false
    @Option(name: .long, help: "Whether its operators may override refusals and take back any scan.")
    var supervisor: YesOrNo?
    @Flag(name: .long, help: "Print the device as JSON.")
    var json = false

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
      let choice = try event.choice(beside: [id] + checkpoint)
      let (device, clock) = try await server.withConnection { client in
        let event = try await choice.slug(client)
        let device = try ResourceName.meant(id, kind: .devices, event: event, field: "id")
        var change = DeviceChange()
        change.displayName = name
        if everywhere || !checkpoint.isEmpty {
          change.checkpoints = try await DeviceCommand.checkpoints(client, named: checkpoint, of: event)
        }
        change.isSupervisor = supervisor.map { $0 == .yes }
        let request = Lanyard_V1_UpdateDeviceRequest(change, of: device, in: event)
        // Before anything is changed, since it may be that this machine does not know the event's time zone.
        let clock = json ? nil : try await EventClock(of: event, client)
        return (try await Lanyard_V1_DeviceService.Client(wrapping: client).updateDevice(request), clock)
      }
      Console.line(try clock.map { DeviceLine(try Device(device), clock: $0, now: nil).text } ?? device.jsonString())
    }
  }
}
