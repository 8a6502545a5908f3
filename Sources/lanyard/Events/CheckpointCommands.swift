import ArgumentParser
import Foundation
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardScanner
import LanyardTexts
import SwiftProtobuf

extension EventCommand {
  /// `lanyard event change`.
  struct ChangeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "change",
      abstract: "Change the rules of a checkpoint on the day: close it or open it, its limit, its ways.",
      discussion: """
        Lanes follow at once, and within a second when they are offline next. An import of the programme brings the limit, \
        the ways and re-entry back to what the file says; whether it is closed stays.
        """
    )

    @OptionGroup var server: CallerOptions
    @Argument(help: "The checkpoint: its name on the screens, its id, or its resource name.")
    var checkpoint: String
    @Option(name: .long, help: "Slug of the event, where several have such a checkpoint.", transform: EventSlug.read)
    var event: String?
    @Flag(name: .long, help: "Let nobody in.")
    var close = false
    @Flag(name: .long, help: "Let people in again.")
    var open = false
    @Option(
      name: .long,
      help: "How many may be inside its area, or none for no limit; the least of an area's checkpoints counts."
    )
    var capacity: String?
    @Option(name: .long, help: "Which ways people pass.")
    var directions: Checkpoint.Directions?
    @Option(
      name: .customLong("re-entry"),
      help: "Whether who has left may come in again, or who has not scanned out too; yes and no are read as well."
    )
    var reEntry: Checkpoint.Reentry?

    func validate() throws {
      if close && open {
        throw ValidationError(Sentence(.optionNotBoth, ["one": .text("--close"), "other": .text("--open")]))
      }
      if let capacity, capacity != "none", Int32(capacity) == nil {
        throw ValidationError("--capacity", Sentence(.optionNumberOrNone, ["value": .text(capacity)]))
      }
      if !close && !open && capacity == nil && directions == nil && reEntry == nil {
        let choices = ["--close", "--open", "--capacity", "--directions", "--re-entry"]
        throw ValidationError(Sentence(.optionOneOf, ["choices": .list(choices)]))
      }
    }

    func run() async throws {
      let (changed, tightest) = try await server.withConnection { client in
        let found = try await Listing.checkpoint(client, named: checkpoint, of: event)
        let service = Lanyard_V1_EventService.Client(wrapping: client)
        let changed = try await service.updateCheckpoint(Lanyard_V1_UpdateCheckpointRequest(change, of: found.name))
        return (changed, try await Self.tightest(of: changed, client))
      }
      var limit =
        changed.hasCapacity
        ? Sentence(.listAtMostInside, ["count": .count(Int(changed.capacity))]) : Sentence(.listNoLimit)
      if let tightest {
        let facts: [String: Sentence.Fact] = [
          "limit": .sentence(limit), "place": .text(tightest.displayName), "count": .count(Int(tightest.capacity)),
          "area": .text(changed.area),
        ]
        limit = Sentence(.listTighter, facts)
      }
      let parts = [
        Sentence(changed.closed ? .listClosed : .listOpen), limit,
        Sentence(.listDirections, ["directions": .sentence(changed.directions.title)]),
      ]
      let told = parts.map { Phrasebook.ofSystem.text($0) }
      Console.line(([changed.displayName] + told).joined(separator: "  "))
    }

    /// The checkpoint of the same area whose lower limit counts for both; nil where there is none.
    private static func tightest(
      of changed: Lanyard_V1_Checkpoint,
      _ client: ServerClient
    ) async throws -> Lanyard_V1_Checkpoint? {
      let event = try ResourceName.checkpoint(changed.name, field: "name").event
      let all = try await Listing.checkpoints(client, of: ResourceName.event(event).description)
      let least = all.filter { $0.area == changed.area && $0.hasCapacity }.min { $0.capacity < $1.capacity }
      return least.flatMap { !changed.hasCapacity || $0.capacity < changed.capacity ? $0 : nil }
    }

    private var change: CheckpointChange {
      var change = CheckpointChange()
      if close || open { change.isClosed = close }
      if let capacity { change.capacity = .some(Int(capacity)) }
      (change.directions, change.reentry) = (directions, reEntry)
      return change
    }
  }

  /// `lanyard event book`.
  struct BookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "book",
      abstract:
        "Book people by name for a checkpoint or a session that admits only who is booked (booked_only).",
      discussion: """
        Without anybody it lists who is booked. Where one is not found, or is not one alone, nobody is booked. No more are \
        booked than the session or the place takes, unless --insist says so. Who is not confirmed yet is booked with a warning; who is \
        rejected or cancelled is passed over, and a registration that ends gives its bookings back.
        """
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var place: PlaceOptions
    @Flag(name: .long, help: "Take the bookings back instead.")
    var remove = false
    @Flag(name: .long, help: "Book more than the place takes.")
    var insist = false
    @Flag(name: .long, help: "Print the result as JSON.")
    var json = false
    @Argument(
      help: """
        Who, one or several: e-mail address, badge code or serial, resource name, or words of the name that fit one person alone. \
        A single - reads them from standard input, one a line.
        """
    )
    var people: [String] = []

    func run() async throws {
      try await server.withConnection { client in
        let parent = try await place.name(client)
        let service = Lanyard_V1_EventService.Client(wrapping: client)
        guard !people.isEmpty else {
          let names = try await Listing.all { token in
            let page = try await service.listBookings(.with { ($0.parent, $0.pageToken) = (parent, token) })
            return (page.registrations, page.nextPageToken)
          }
          return names.forEach(Console.line)
        }
        let names = try await PersonChoice(client: client, event: ResourceName(parent)?.event).names(people)
        var (changed, unchanged, ended) = (0, 0, 0)
        for start in stride(from: 0, to: names.count, by: RequestLimit.bookings) {
          let part = Array(names[start..<min(start + RequestLimit.bookings, names.count)])
          if remove {
            let answer = try await service.removeBookings(.with { ($0.parent, $0.registrations) = (parent, part) })
            changed += Int(answer.removed)
            unchanged += part.count - Int(answer.removed)
          } else {
            let answer = try await service.addBookings(
              .with { ($0.parent, $0.registrations, $0.insist) = (parent, part, insist) }
            )
            changed += Int(answer.added)
            unchanged += Int(answer.unchanged)
            ended += answer.ended.count
            for name in answer.notConfirmed {
              Console.error(Sentence(.doneBookedUnconfirmed, ["name": .text(name)]), .ofSystem)
            }
            for name in answer.ended { Console.error(Sentence(.doneNotBooked, ["name": .text(name)]), .ofSystem) }
          }
        }
        let word = remove ? "removed" : "booked"
        if json {
          try Console.json([word: changed, "unchanged": unchanged].merging(remove ? [:] : ["ended": ended]) { $1 })
        } else {
          let facts: [String: Sentence.Fact] = ["changed": .count(changed), "unchanged": .count(unchanged)]
          Console.say(remove ? .doneUnbooked : .doneBooked, facts)
          if ended > 0 { Console.say(.donePassedOver, ["count": .count(ended)]) }
        }
        if ended > 0 { throw ExitStatus.negative }
      }
    }
  }
}

/// A checkpoint or a session that people are booked for.
struct PlaceOptions: ParsableArguments {
  @Option(name: .long, help: "The checkpoint: its name on the screens, its id, or its resource name.")
  var checkpoint: String?
  @Option(name: .long, help: "The session: its code, such as S001, or its resource name.")
  var session: String?
  @OptionGroup var event: EventOption

  func validate() throws {
    if (checkpoint == nil) == (session == nil) {
      throw ValidationError(Sentence(.optionEitherOr, ["one": .text("--checkpoint"), "other": .text("--session")]))
    }
  }

  /// The resource name.
  func name(_ client: ServerClient) async throws -> String {
    if let checkpoint { return try await Listing.checkpoint(client, named: checkpoint, of: event.said).name }
    let session = session?.lowercased() ?? ""
    let event = try await event.slug(client, beside: session)
    return try ResourceName.meant(session, kind: .sessions, event: event, field: "--session").description
  }
}
