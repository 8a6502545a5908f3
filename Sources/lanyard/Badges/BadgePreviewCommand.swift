import ArgumentParser
import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

extension BadgeCommand {
  /// `lanyard badge preview`.
  struct PreviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "preview",
      abstract: "Draw the badges of the hardest names in an event into one picture.",
      discussion: """
        The longest name, the smallest letters, the most lines, the highest marks, a single name, the longest organisation and \
        each script, found by measuring all confirmed registrations, whether their badges were issued or not. What cannot be \
        printed is named, and the command ends with 1. The codes in the picture are samples that open nothing.
        """
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var event: EventOption
    @Option(name: .long, help: "PNG file to write, which only you may read.", completion: .file(extensions: ["png"]))
    var out: String
    @Option(
      name: .long,
      help: "What a badge looks like: conference, label, or the path of a design's file.",
      completion: .file(extensions: ["yaml", "yml"])
    )
    var design = "conference"
    @Flag(name: .long, help: "Print the result as JSON.")
    var json = false

    private struct Result: Encodable {
      struct Shown: Encodable {
        let registration: String
        let name: String
        let reasons: [String]
        let scripts: [String]
      }

      let measured: Int
      let shown: [Shown]
      let leftOut: Int

      private enum CodingKeys: String, CodingKey {
        case measured, shown
        case leftOut = "left_out"
      }
    }

    func run() async throws {
      let choice = try DesignChoice.telling { try DesignChoice(design) }
      let file = try PartialFile(out)
      do {
        try await draw(choice, into: file)
      } catch {
        file.discard()
        throw error
      }
    }

    private func draw(_ choice: DesignChoice, into file: PartialFile) async throws {
      let response = try await server.withConnection { client in
        let event = try await event.slug(client)
        return try await Lanyard_V1_BadgeService.Client(wrapping: client).previewBadges(
          .with {
            $0.parent = ResourceName.event(event).description
            $0.take(choice)
          }
        )
      }
      for left in response.leftOut {
        Console.error(Phrasebook.ofSystem.text(.leftOut(left.registration, named: left.displayName, left.message)))
      }
      guard !response.content.isEmpty else {
        if response.leftOutSize > 0 { throw ExitStatus.negative }
        throw CommandFailure(status: .negative, Sentence(.doneNobodyToShow))
      }
      try file.write(response.content)
      try file.finish()
      try tell(response)
      if !response.scriptsNotShown.isEmpty {
        let phrasebook = Phrasebook.ofSystem
        let scripts = Sentence.Fact.list(response.scriptsNotShown.map { phrasebook.script($0) })
        Console.error(Sentence(.previewScriptsNotShown, ["scripts": scripts]), .ofSystem)
      }
      if response.leftOutSize > 0 { throw ExitStatus.negative }
    }

    private func tell(_ response: Lanyard_V1_PreviewBadgesResponse) throws {
      if json {
        return try Console.json(
          Result(
            measured: Int(response.totalSize),
            shown: response.shown.map { shown in
              Result.Shown(
                registration: shown.registration,
                name: shown.displayName,
                reasons: shown.reasons.map(\.shortName),
                scripts: shown.scripts
              )
            },
            leftOut: Int(response.leftOutSize)
          )
        )
      }
      for (place, shown) in response.shown.enumerated() {
        Console.line("\(place + 1)  \(shown.displayName)  \(shown.message)")
      }
      Console.say(.donePreviewed, ["file": .text(out), "names": .count(Int(response.totalSize))])
    }
  }
}
