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
  /// `lanyard badge print`.
  struct PrintCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "print",
      abstract: "Draw many badges into one file that is ready to print.",
      discussion: """
        The badges of all confirmed registrations of the event, or of those of a group or role, or those that are named; by \
        family name, as a desk sorts them. --sheet a4 lays four A6 badges on a sheet with crop marks: print it on both \
        sides, turned over the long edge. A badge whose texts cannot be printed is left out and named, and the command ends \
        with 1; --check finds them before anything is printed. `lanyard badge design` has what designs are.
        """
    )

    @OptionGroup var server: CallerOptions
    @Option(name: .long, help: "Slug of the event.")
    var event: String
    @Option(name: .long, help: "PDF file to write, which only you may read.", completion: .file())
    var out: String?
    @Flag(name: .long, help: "Draw nothing, only say which badges cannot be printed.")
    var check = false
    @Option(
      name: .long,
      help: """
        What a badge looks like: conference (A6 portrait with a back), label (100 by 62 mm), or the path of a design's file.
        """,
      completion: .file(extensions: ["yaml", "yml"])
    )
    var design = "conference"
    @Option(name: .long, help: "A page for each side of a badge, or A4 sheets to cut.")
    var sheet: BadgeSheet = .single
    @Option(name: .long, help: "Only those of this stakeholder group.")
    var group: String?
    @Option(name: .long, help: "Only those of this guest role.")
    var role: String?
    @Flag(name: .long, help: "Print the result as JSON.")
    var json = false
    @Argument(help: "Serials of badges: only these.")
    var serials: [String] = []

    private struct Result: Encodable {
      var pages = 0
      var badges = 0
      var seconds = 0.0
      var leftOut: [String] = []

      private enum CodingKeys: String, CodingKey {
        case pages, badges, seconds
        case leftOut = "left_out"
      }
    }

    func validate() throws {
      let options: [String: Sentence.Fact] = ["one": .text("--out"), "other": .text("--check")]
      if (out == nil) != check { throw ValidationError(Sentence(check ? .optionNotBoth : .optionEitherOr, options)) }
    }

    func run() async throws {
      let start = ContinuousClock.now
      let request = try request()
      let file = try out.map { try PartialFile($0) }
      var result: Result
      do {
        result = try await server.withConnection { client in
          try await Lanyard_V1_BadgeService.Client(wrapping: client).renderBadges(request) { response in
            var result = Result()
            for try await part in response.messages {
              try file?.write(part.content)
              guard part.totalSize > 0 else { continue }
              let bar = ProgressBar(title: .progressDrawing, total: Int(part.totalSize))
              (result.badges, result.pages) = (Int(part.drawn), Int(part.pages))
              for left in part.leftOut {
                result.leftOut.append(left.badge)
                let facts: [String: Sentence.Fact] = ["badge": .text(left.badge), "reason": .text(left.message)]
                Console.error(Phrasebook.ofSystem.text(Sentence(.doneLeftOut, facts)))
              }
              bar.show(result.badges + result.leftOut.count)
            }
            return result
          }
        }
      } catch {
        file?.discard()
        throw error
      }
      guard result.badges > 0 || check && !result.leftOut.isEmpty else {
        file?.discard()
        throw CommandFailure(status: .negative, Sentence(.doneNothingPrinted))
      }
      try file?.finish()
      result.seconds = (ContinuousClock.now - start) / .seconds(1)
      if json {
        try Console.json(result)
      } else {
        let facts: [String: Sentence.Fact] = [
          "file": .text(out ?? ""), "badges": .count(result.badges), "pages": .count(result.pages),
          "left": .count(result.leftOut.count),
        ]
        Console.say(check ? .doneBadgesChecked : .donePrinted, facts)
      }
      if !result.leftOut.isEmpty { throw ExitStatus.negative }
    }

    private func request() throws -> Lanyard_V1_RenderBadgesRequest {
      let choice = try DesignChoice.telling(.usage) { try DesignChoice(design) }
      return try .with {
        $0.take(choice)
        $0.parent = ResourceName.event(event).description
        ($0.sheet, $0.validateOnly) = (sheet.wire, check)
        ($0.stakeholderGroup, $0.guestRole) = (group ?? "", role ?? "")
        $0.badges = try serials.map {
          try ResourceName.meant($0, kind: .badges, event: event, field: "serials").description
        }
      }
    }
  }
}
