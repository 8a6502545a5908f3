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
        family name, as a desk sorts them. --sheet a4 lays four A6 badges on a sheet with crop marks (the outermost 2 mm \
        of each are cut away): print it on both sides, turned over the long edge. A badge whose texts cannot be printed is left out and named, and the command ends \
        with 1; --check finds them before anything is printed. `lanyard badge design` has what designs are.

        What was printed is on record: the next time only those are drawn that are new, or on which something else would stand \
        now, unless --again is given; badges that are named are drawn in any case. Each time has a number, a run, which `lanyard \
        badge prints` lists: where a printer jams at badge 1,204, --run RUN --from 1204 draws the rest of it, by the design and \
        on the sheet of the run: of a design of your own give its file again. --trial keeps no record.
        """
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var event: EventOption
    @Option(name: .long, help: "PDF file to write, which only you may read.", completion: .file())
    var out: String?
    @Flag(name: .long, help: "Draw nothing, only say which badges cannot be printed.")
    var check = false
    @Option(
      name: .long,
      help: """
        What a badge looks like: conference (A6 portrait with a back), label (100 by 62 mm), or the path of a design's file. \
        (default: conference, with --run that of the run)
        """,
      completion: .file(extensions: ["yaml", "yml"])
    )
    var design: String?
    @Option(
      name: .long,
      help: "A page for each side of a badge, or A4 sheets to cut. (default: single, with --run that of the run)"
    )
    var sheet: BadgeSheet?
    @Flag(name: .long, help: "With --run: take another design or sheet than the run's.")
    var allowOtherDesign = false
    @Option(name: .long, help: "Only those of this stakeholder group.")
    var group: String?
    @Option(name: .long, help: "Only those of this guest role.")
    var role: String?
    @Option(name: .long, help: "Only those of who registered for this day, or for all, such as 2024-05-27.")
    var day: String?
    @Flag(name: .long, help: "Those too that were printed before and are as they were.")
    var again = false
    @Option(name: .long, help: "Draw the badges of this run again, in its order.")
    var run: Int64?
    @Option(name: .long, help: "With --run: from this badge of it on, counted from 1.")
    var from: Int32?
    @Flag(name: .long, help: "Keep no record, as of badges that are only looked at.")
    var trial = false
    @Flag(name: .long, help: "Print the result as JSON.")
    var json = false
    @Argument(
      help: """
        Only these: serials of badges, codes or resource names. Or whose they are: e-mail address, resource name of the \
        registration, or words of the name that fit one person alone.
        """
    )
    var badges: [String] = []

    private struct Result: Encodable {
      /// How many are drawn and left out once all are; not printed.
      var total = 0
      var pages = 0
      var badges = 0
      var seconds = 0.0
      var leftOut: [String] = []
      /// Printed before, and not drawn as they are as they were.
      var passedOver = 0
      /// Printed before, and drawn again.
      var printedBefore = 0
      /// Printed by another run while they were drawn.
      var printedMeanwhile = 0
      /// Left out where no record was kept.
      var run: Int64?

      private enum CodingKeys: String, CodingKey {
        case pages, badges, seconds, run
        case leftOut = "left_out"
        case passedOver = "passed_over"
        case printedBefore = "printed_before"
        case printedMeanwhile = "printed_meanwhile"
      }

      mutating func add(_ part: Lanyard_V1_RenderBadgesResponse) throws {
        passedOver += Int(part.passedOver)
        printedBefore += Int(part.printedBefore)
        leftOut += part.leftOut.map(\.badge)
        if !part.printRun.isEmpty { run = try ResourceName.printRun(part.printRun, field: "print_run").number }
        // What has only bytes says nothing else.
        guard part.totalSize > 0 else { return }
        (total, badges, pages) = (Int(part.totalSize), Int(part.drawn), Int(part.pages))
      }
    }

    private static func tell(_ left: Lanyard_V1_RenderBadgesResponse.LeftOut) {
      Console.error(Phrasebook.ofSystem.text(.leftOut(left.badge, named: left.displayName, left.message)))
    }

    func validate() throws {
      let options: [String: Sentence.Fact] = ["one": .text("--out"), "other": .text("--check")]
      if (out == nil) != check { throw ValidationError(Sentence(check ? .optionNotBoth : .optionEitherOr, options)) }
      if let from, from < 1 {
        throw ValidationError("--from", Sentence(.optionOneOrMore, ["value": .count(Int(from))]))
      }
    }

    func run() async throws {
      let start = ContinuousClock.now
      var request = try request()
      let choice = try event.choice(beside: badges)
      let event = try await server.withConnection { client in
        let event = try await choice.slug(client)
        for badge in badges { request.badges.append(try await BadgeOptions.name(of: badge, in: event, client)) }
        return event
      }
      request.parent = ResourceName.event(event).description
      request.printRun = run.map { ResourceName.printRun($0, of: event).description } ?? ""
      let file = try out.map { try PartialFile($0) }
      var result: Result
      do {
        result = try await server.withConnection { client in
          try await Lanyard_V1_BadgeService.Client(wrapping: client).renderBadges(request) { response in
            var result = Result()
            var shown: Int?
            for try await part in response.messages {
              try file?.write(part.content)
              try result.add(part)
              for left in part.leftOut { Self.tell(left) }
              let done = result.badges + result.leftOut.count
              guard result.total > 0, done != shown else { continue }
              ProgressBar(title: .progressDrawing, total: result.total).show(done)
              shown = done
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
        guard result.passedOver > 0 else {
          let key: Sentence.Key = result.leftOut.isEmpty ? .doneNothingPrinted : .doneAllLeftOut
          throw CommandFailure(status: .negative, Sentence(key))
        }
        throw CommandFailure(
          status: .negative,
          Sentence(.doneNothingUnprinted, ["count": .count(result.passedOver)])
        )
      }
      try file?.finish()
      // Only what lies on the disk can be printed.
      if let run = result.run {
        result.printedMeanwhile = max(0, try await confirm(run, of: event) - result.printedBefore)
      }
      result.seconds = (ContinuousClock.now - start) / .seconds(1)
      if json {
        try Console.json(result)
      } else {
        let facts: [String: Sentence.Fact] = [
          "file": .text(out ?? ""), "badges": .count(result.badges), "pages": .count(result.pages),
          "left": .count(result.leftOut.count),
        ]
        Console.say(check ? .doneBadgesChecked : .donePrinted, facts)
        if result.passedOver > 0 { Console.say(.donePassedOverPrinted, ["count": .count(result.passedOver)]) }
        if result.printedBefore > 0 { Console.say(.donePrintedBefore, ["count": .count(result.printedBefore)]) }
        if result.printedMeanwhile > 0 {
          Console.say(.donePrintedMeanwhile, ["count": .count(result.printedMeanwhile)])
        }
        if let run = result.run { Console.say(.donePrintRun, ["run": .text("\(run)")]) }
      }
      if !result.leftOut.isEmpty { throw ExitStatus.negative }
    }

    /// Says that it is printed; returns how many of its badges other runs have printed by then.
    private func confirm(_ number: Int64, of event: String) async throws -> Int {
      let name = ResourceName.printRun(number, of: event).description
      let run = try await server.withConnection { client in
        try await Lanyard_V1_BadgeService.Client(wrapping: client).confirmPrintRun(.with { $0.name = name })
      }
      return Int(run.printedBefore)
    }

    /// What the options ask for, of an event that is not known yet.
    private func request() throws -> Lanyard_V1_RenderBadgesRequest {
      let choice = try DesignChoice.telling { try design.map { try DesignChoice($0) } }
      return .with {
        if let choice { $0.take(choice) }
        if let sheet { $0.sheet = sheet.wire }
        ($0.validateOnly, $0.allowOtherDesign) = (check, allowOtherDesign)
        ($0.stakeholderGroup, $0.guestRole) = (group ?? "", role ?? "")
        $0.day = day ?? ""
        $0.unprinted = !again && !check && run == nil && badges.isEmpty
        $0.record = !trial && !check
        $0.fromNumber = from ?? 0
      }
    }
  }
}

extension Sentence {
  /// That a badge is not in a file.
  ///
  /// - Parameter name: Its bearer's; may be empty.
  static func leftOut(_ badge: String, named name: String, _ reason: String) -> Sentence {
    let facts: [String: Fact] = ["badge": .text(badge), "name": .text(name), "reason": .text(reason)]
    return name.isEmpty
      ? Sentence(.doneLeftOut, facts.filter { $0.key != "name" }) : Sentence(.doneLeftOutNamed, facts)
  }
}

extension BadgeCommand {
  /// `lanyard badge prints`.
  struct PrintsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "prints",
      abstract: "List what was drawn to be printed, the newest first: when, by whom, how many badges."
    )

    @OptionGroup var list: ListOptions

    func run() async throws {
      let (runs, clock) = try await list.server.withConnection { client in
        let event = try await list.event.slug(client)
        let service = Lanyard_V1_BadgeService.Client(wrapping: client)
        let runs = try await Listing.all { token in
          let page = try await service.listPrintRuns(
            .with { ($0.parent, $0.pageToken) = (ResourceName.event(event).description, token) }
          )
          return (page.printRuns, page.nextPageToken)
        }
        return (runs, try await list.clock(of: event, client))
      }
      try list.show(runs, clock) { try Self.line(PrintRun($0), $1) }
    }

    private static func line(_ run: PrintRun, _ clock: EventClock) -> String {
      let phrasebook = Phrasebook.ofSystem
      let facts: [String: Sentence.Fact] = [
        "run": .text("\(run.number)"), "time": clock.fact(run.createdAt), "count": .count(run.count),
      ]
      let looks = [run.look.design.title, run.look.sheet?.title].compactMap(\.self)
      let words = [Sentence(.listPrintRun, facts)] + looks + [run.actor.sentence]
      let state = phrasebook.text(run.printedAt == nil ? .listNotPrinted : .listPrinted)
      return (words.map { phrasebook.text($0) } + [state]).joined(separator: "  ")
    }
  }
}
