import ArgumentParser
import Foundation
import LanyardTesting
import Testing

@testable import lanyard

@Suite("Commands that were given a device", .blocking)
struct DeviceCallerTests {
  private static let person = "events/\(SampleData.forum)/registrations/nobody"
  private static let event = ["--event", SampleData.forum]
  private static let badge = ["0123456789abcdef"] + event

  private static let sheets = FileManager.default.temporaryDirectory.appending(path: "badges-\(UUID()).pdf").path

  private static let mail = "events/\(SampleData.forum)/mails/1"

  /// What each command that calls a server is given beside a device that may not call it.
  private static let refused: [String: [String]] = [
    "event import": [SampleData.url("programme.json").path],
    "event change": ["Entrance lane 1", "--close"],
    "event book": ["--session", "S001"] + event,
    "event archive": [SampleData.forum],
    "event delete": [SampleData.forum, "--yes"],
    "registrations add": event + ["--email", "a@example.org", "--given-name", "A", "--group", "Academia"],
    "registrations show": [person],
    "registrations change": [person, "--email", "b@example.org"],
    "registrations list": event,
    "registrations import": [SampleData.url("participants.csv").path] + event,
    "registrations export": event, "registrations duplicates": event,
    "registrations approve": [person],
    "registrations reject": [person],
    "registrations restore": [person],
    "registrations cancel": [person],
    "registrations erase": [person, "--yes"],
    "registrations move-up": [person, "--note", "a speaker"],
    "registrations link": [person],
    "badge list": event,
    "badge print": event + ["--out", sheets],
    "badge mark": badge + ["--attention", "escort"],
    "badge preview": event + ["--out", sheets],
    "badge prints": event,
    "badge history": [person],
    "badge activate": badge,
    "keys list": [],
    "keys rotate": [],
    "keys retire": ["1"],
    "badge hold": badge,
    "badge release": badge,
    "badge renew": event,
    "badge replace": badge,
    "badge revoke": badge,
    "device code": event + ["--name", "A"],
    "device codes": event,
    "device withdraw": event + ["nothing"],
    "device list": event,
    "device change": event + ["nothing", "--name", "A"],
    "device revoke": event + ["nothing"],
    "attendance counts": event,
    "attendance people": event,
    "attendance person": [person],
    "attendance scans": event,
    "attendance sessions": event,
    "attendance conflicts": event,
    "attendance send-out": event + [person],
    "attendance undo": event + ["01a226b7-e8ab-7b4e-b417-f5fb01e6deef"],
    "audit list": event,
    "mail list": event,
    "mail retry": [mail],
    "mail preview": [mail],
  ]
  /// Those that a kiosk may call, and those that are a lane, find what one keeps, make a device or bring a load.
  private static let others = [
    "event list", "event checkpoints", "badge issue", "badge render", "kiosk", "scan badges", "scan kept", "scan enrol",
    "loadtest run",
  ]

  /// Every command that is told where a server is.
  private static func calling() -> [String] {
    func below(_ type: any ParsableCommand.Type, _ name: [String]) -> [String] {
      let subcommands = type.configuration.subcommands
      guard subcommands.isEmpty else { return subcommands.flatMap { below($0, name + [$0._commandName]) } }
      let help = Lanyard.helpMessage(for: type, columns: 80)
      return help.contains("--server <server>") ? [name.joined(separator: " ")] : []
    }
    return below(Lanyard.self, [])
  }

  @Test("Call as that device and are refused as it, though a server's data folder with its organiser's token is there")
  func refused() throws {
    #expect(Set(Self.calling()) == Set(Self.refused.keys).union(Self.others))
    try EnrolTests.withServer { data, _ in
      let kiosk = data.deletingLastPathComponent().appending(path: "kiosk").path
      let link = try EnrolTests.code(data, "--profile", "kiosk").link
      #expect(try LanyardProgram.run(["scan", "enrol", link, "--device", kiosk], data: data).status == 0)
      for (number, (command, arguments)) in Self.refused.sorted(by: { $0.key < $1.key }).enumerated() {
        let words = command.split(separator: " ").map(String.init) + arguments
        let result =
          number.isMultiple(of: 2)
          ? try LanyardProgram.run(words + ["--device", kiosk], data: data)
          : try LanyardProgram.run(
            ["LANYARD_DEVICE=\(kiosk)", LanyardProgram.url.path] + words,
            data: data,
            program: URL(filePath: "/usr/bin/env")
          )
        let isRefused = result.errors.contains("A device ")
        #expect(result.status == 1 && isRefused, "\(command): \(result.status) \(result.errors)")
      }
    }
  }
}
