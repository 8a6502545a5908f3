import ArgumentParser
import BadgeCodes
import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

extension BadgeCommand {
  /// `lanyard badge mark`.
  struct MarkCommand: AsyncParsableCommand, TakesEmptyTexts {
    static let mayBeEmpty: Set<String> = ["note"]

    static let configuration = CommandConfiguration(
      commandName: "mark",
      abstract: "Mark a badge for the operators' attention: they see it when its bearer is scanned and let in.",
      discussion: """
        A note is shown with a mark and without one. --note alone changes the note and leaves the mark; --attention without \
        --note takes the note away.
        """
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var badge: BadgeOptions
    @Option(
      name: .long,
      help:
        "What operators see to; an escort is for a protocol guest, and none takes the mark away. (default: as it is)"
    )
    var attention: Attention?
    @Option(
      name: .long,
      help: "What to do, such as \"call +41 22 … when she comes\"; at most \(AttentionMark.noteLimit) characters."
    )
    var note: String?
    @Option(
      name: .long,
      help: "Only if the badge still has this etag, as an earlier `lanyard badge mark` or `list --json` showed it."
    )
    var etag: String?
    @Flag(name: .long, help: "Print the badge as JSON.")
    var json = false

    func validate() throws {
      guard attention == nil, note == nil else { return }
      throw ValidationError(Sentence(.optionOneOf, ["choices": .list(["--attention", "--note"])]))
    }

    func run() async throws {
      // A mark without a note takes the note away.
      let change = AttentionChange(attention: attention, note: attention == nil ? note : note ?? "")
      let message = try await server.withConnection { client in
        let name = try await badge.name(client)
        return try await Lanyard_V1_BadgeService.Client(wrapping: client).updateBadge(
          Lanyard_V1_UpdateBadgeRequest(change, of: name, etag: etag)
        )
      }
      let changed = try Badge(message)
      let (serial, mark) = (changed.serial.description, changed.mark)
      if json {
        return try Console.json([
          "serial": serial, "attention": mark.attention.rawValue, "note": mark.note, "etag": changed.etag,
        ])
      }
      var facts: [String: Sentence.Fact] = ["serial": .text(serial), "note": .text(mark.note)]
      guard let title = mark.attention.title else {
        return Console.say(mark.note.isEmpty ? .doneNoMark : .doneNoted, facts)
      }
      facts["mark"] = .sentence(title)
      Console.say(.doneMarked, facts)
    }
  }

  /// `lanyard badge replace`.
  struct ReplaceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "replace",
      abstract: "Issue another badge in place of one that was lost; the old one stops working at once."
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var badge: BadgeOptions
    @Flag(name: .long, help: "Print the new badge as JSON.")
    var json = false

    func run() async throws {
      let (old, new) = try await server.withConnection { client in
        let name = try await badge.name(client)
        let service = Lanyard_V1_BadgeService.Client(wrapping: client)
        return (
          try ResourceName.badge(name, field: "name").serial,
          try Badge(try await service.replaceBadge(.with { $0.name = name }))
        )
      }
      if json {
        try Console.json(["serial": new.serial.description, "code": new.code, "registration": new.holder])
      } else {
        Console.say(.doneReplaced, ["old": .text("\(old)"), "new": .text("\(new.serial)")])
      }
    }
  }

  /// `lanyard badge revoke`.
  struct RevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "revoke",
      abstract: "End a badge: it stops working at once, and within a second at lanes that go offline then."
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var badge: BadgeOptions
    @Option(
      name: .long,
      help:
        "Why, such as \"stolen on the tram\"; at most \(AttentionMark.noteLimit) characters, erased with the person."
    )
    var note = ""

    func run() async throws {
      let message = try await server.withConnection { client in
        let name = try await badge.name(client)
        return try await Lanyard_V1_BadgeService.Client(wrapping: client).revokeBadge(
          .with { ($0.name, $0.note) = (name, note) }
        )
      }
      let revoked = try Badge(message)
      revoked.showState()
      if revoked.state != .revoked {
        Console.error(Sentence(.doneNothingRevoked), .ofSystem)
        throw ExitStatus.negative
      }
    }
  }
}

/// A badge that a person names, by itself or by whose it is.
struct BadgeOptions: ParsableArguments {
  @Argument(
    help: """
      The badge: its serial, as `lanyard badge list` shows it, its code, its resource name or the mark that is printed on it, such \
      as "729B · 3". Or whose it is: e-mail address, resource name of the registration, or words of the name that fit one person \
      alone.
      """
  )
  var badge: String
  @OptionGroup var event: EventOption

  /// The resource name: serials are unique, so without --event each event is asked.
  func name(_ client: ServerClient) async throws -> String { try await Self.name(of: badge, in: event.said, client) }

  /// The same of one that is named so among others.
  static func name(of badge: String, in event: String?, _ client: ServerClient) async throws -> String {
    _ = try EventChoice(event, beside: [badge])
    if case .badge? = ResourceName(badge) { return badge }
    guard let serial = BadgeSerial(badge) else { return try await self.badge(of: badge, in: event, client) }
    if let event { return ResourceName.badge(serial, of: event).description }
    let service = Lanyard_V1_BadgeService.Client(wrapping: client)
    for event in try await Listing.events(client, archived: true) {
      let name = ResourceName.badge(serial, of: try event.slug).description
      do {
        return try await service.getBadge(.with { $0.name = name }).name
      } catch let error as RPCError where error.code == .notFound {
        continue
      }
    }
    throw CommandFailure(status: .negative, Sentence(.doneSerialUnknown, ["serial": .text(badge)]))
  }

  /// A code as it stands on badges, however it was typed; nil where the text is none.
  private static func code(in text: String) -> String? {
    do throws(BadgeCodeError) {
      return try UnverifiedBadgeCode(reading: text).text
    } catch {
      return nil
    }
  }

  /// The badge with a code, else the one that somebody has now.
  private static func badge(of badge: String, in event: String?, _ client: ServerClient) async throws -> String {
    let person = try await PersonChoice(client: client, event: event).one(badge)
    let parent = ResourceName.event(try ResourceName.registration(person.name, field: "name").event).description
    let service = Lanyard_V1_BadgeService.Client(wrapping: client)
    let badges = try await Listing.all { token in
      let page = try await service.listBadges(
        .with { ($0.parent, $0.registration, $0.pageToken) = (parent, person.name, token) }
      )
      return (try page.badges.map { try Badge($0) }, page.nextPageToken)
    }
    // Somebody who is named by the code or the mark of one badge does not mean another one of theirs.
    let (code, number) = (code(in: badge), BadgeNumber(badge))
    let numbers = zip(1..., badges).map { BadgeNumber($1.serial, issue: $0) }
    let now = Array(zip(badges, numbers)).last { badge, itsNumber in
      if let code { return badge.code == code }
      if let number, numbers.contains(number) { return itsNumber == number }
      return badge.state.isCurrent
    }?.0
    guard let now else {
      let facts: [String: Sentence.Fact] = [
        "name": .text(try Registration(person).shownName), "registration": .text(person.name),
      ]
      throw CommandFailure(status: .negative, Sentence(.doneNoBadge, facts))
    }
    return ResourceName.badge(now.serial, of: now.event).description
  }
}
