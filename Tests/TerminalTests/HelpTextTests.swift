import ArgumentParser
import Foundation
import LanyardTexts
import Testing

@testable import lanyard

@Suite("The help of commands")
struct HelpTextTests {
  private static let connection = ["--data", "--server", "--token", "--ca"]

  /// Every command, with how it is typed.
  private static let commands: [(text: String, type: any ParsableCommand.Type)] = {
    func below(_ type: any ParsableCommand.Type, _ name: String) -> [(String, any ParsableCommand.Type)] {
      [(name, type)] + type.configuration.subcommands.flatMap { below($0, "\(name) \($0._commandName)") }
    }
    return below(Lanyard.self, "lanyard")
  }()

  @Test("Has the options of the connection in one group, which comes last")
  func group() {
    var calling = 0
    for (name, type) in Self.commands {
      let help = HelpText.arranged(Lanyard.helpMessage(for: type, columns: 80))
      let sections = help.split(separator: "\n\n").map { $0.split(separator: "\n").map(String.init) }
      guard let last = sections.last, help.contains("--server <server>") else { continue }
      calling += 1
      #expect(last[0] == "CONNECTION:", "\(name)")
      for option in Self.connection {
        #expect(last.contains { $0.hasPrefix("  \(option) <") }, "\(name): \(option)")
        #expect(!sections.dropLast().joined().contains { $0.hasPrefix("  \(option) <") }, "\(name): \(option)")
      }
      // Where a command makes a device, it says where to, among what it takes.
      let isConnection = last.contains { $0.hasPrefix("  --device <") }
      #expect(isConnection || !help.contains("  --device <") || type == EnrolCommand.self, "\(name)")
      let usage = sections.joined().first { $0.hasPrefix("USAGE: ") } ?? ""
      let isWhole = usage.hasSuffix(" [<connection>]") && !usage.contains("--server")
      #expect(isWhole || usage.contains("<options>"), "\(usage)")
      #expect(!help.contains("\n\n\n"), "\(name)")
    }
    #expect(calling > 30)
  }

  @Test("Of a command with a default one says what that takes, and what others there are")
  func defaults() {
    let help = HelpText.joined(
      Lanyard.helpMessage(for: ScanCommand.self, columns: 80),
      Lanyard.helpMessage(for: ScanBadgesCommand.self, columns: 80),
      names: ("lanyard scan", "lanyard scan badges")
    )
    for words in ["USAGE: lanyard scan <options>", "--direction <direction>", "CONNECTION:", "  enrol "] {
      #expect(help.contains(words), "\(words)")
    }
  }

  @Test("Leaves a text alone that has no such options")
  func others() {
    let text = "OVERVIEW: A thing.\n\nUSAGE: lanyard certs init [--data <data>] [--force]\n\nOPTIONS:\n  --force"
    #expect(HelpText.arranged(text) == text)
  }

  @Test("Finds the command that arguments name, and the word that names none")
  func named() {
    func named(_ arguments: String...) -> NamedCommand { NamedCommand(arguments, of: Lanyard.self) }
    #expect(named().text == "lanyard" && named().unknown == nil)
    #expect(named("help", "event", "list").text == "lanyard event list")
    #expect(named("scan", "--checkpoint", "enrol").text == "lanyard scan")
    #expect(named("badge", "render", "0123").unknown == nil)
    let wrong = named("registrations", "imprt", "people.csv")
    #expect(wrong.text == "lanyard registrations" && wrong.unknown == "imprt")
    #expect(
      wrong.fault
        == Sentence(
          .optionCommandMeant,
          ["word": .text("imprt"), "command": .text("lanyard registrations import")]
        )
    )
    #expect(named("registrations", "everything").fault?.key == .optionCommandUnknown)
  }
}
