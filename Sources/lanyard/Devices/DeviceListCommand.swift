import ArgumentParser
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import SwiftProtobuf

extension DeviceCommand {
  /// `lanyard device list`.
  struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List the devices: what they may do, when they were last heard of, and how many scans wait on them.",
      discussion: """
        Times are those of the event's place. A lane or door that runs is heard of every few seconds: one that was not for \
        two minutes is SILENT, because it is switched off, or the network does not reach it. One that its operator has quit \
        is not: the list says when it ended.
        """
    )

    @OptionGroup var list: ListOptions

    func run() async throws {
      let (devices, clock, now) = try await list.server.withConnection { client in
        let event = try await list.event.slug(client)
        let service = Lanyard_V1_DeviceService.Client(wrapping: client)
        var now: Instant?
        let devices = try await Listing.all { token in
          let page = try await service.listDevices(
            .with { ($0.parent, $0.pageToken) = (ResourceName.event(event).description, token) }
          )
          if page.hasServerTime { now = Instant(shown: page.serverTime) }
          return (page.devices, page.nextPageToken)
        }
        return (devices, try await list.clock(of: event, client), now)
      }
      try list.show(devices, clock) { DeviceLine(try Device($0), clock: $1, now: now).text }
    }
  }
}
