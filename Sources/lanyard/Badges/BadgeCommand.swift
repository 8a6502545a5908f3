import ArgumentParser
import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

/// `lanyard badge`.
struct BadgeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "badge",
    abstract: "Badges: issue, list, print, preview, draw, activate, mark, hold, renew, replace, revoke.",
    subcommands: [
      IssueCommand.self, ListCommand.self, HistoryCommand.self, PrintCommand.self, PrintsCommand.self,
      PreviewCommand.self, DesignCommand.self,
      RenderCommand.self,
      ActivateCommand.self, MarkCommand.self,
      HoldCommand.self,
      ReleaseCommand.self,
      RenewCommand.self, ReplaceCommand.self, RevokeCommand.self,
    ]
  )

  /// `lanyard badge issue`.
  struct IssueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "issue",
      abstract: "Issue badges to confirmed registrations.",
      discussion: """
        A registration that has an active badge keeps it: issuing again changes nothing. --all passes over registrations \
        whose badges were revoked; one that is named gets a new badge. As a kiosk (--device), which issues one at a time, it \
        shows each badge like `lanyard badge list`.
        """
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var event: EventOption
    @Flag(name: .long, help: "Every confirmed registration of the event.")
    var all = false
    @Argument(
      help: """
        Whose, in place of --all: e-mail address, resource name of the registration, or words of the name that fit one person \
        alone. A single - reads them from standard input, one a line.
        """
    )
    var people: [String] = []
    @Flag(name: .long, help: "Print the result as JSON.")
    var json = false

    func validate() throws {
      guard all == people.isEmpty else {
        let ways: [String: Sentence.Fact] = ["one": .text("--all"), "other": .text("PERSON")]
        throw ValidationError(Sentence(.optionEitherOr, ways))
      }
    }

    func run() async throws {
      let counts: Counts? = try await server.withConnection { client in
        let badges = Lanyard_V1_BadgeService.Client(wrapping: client)
        guard all else {
          let names = try await PersonChoice(client: client, event: event.said).names(people)
          do {
            return try await issueEach(names, badges)
          } catch let error as RPCError where CallFailure(error).known == .profileNotAllowed {
            try await showEach(names, badges)
            return nil
          }
        }
        return try await issueAll(
          of: ResourceName.event(try await event.slug(client)).description,
          badges,
          Lanyard_V1_RegistrationService.Client(wrapping: client)
        )
      }
      guard let counts else { return }
      if json { return try Console.json(counts) }
      var facts: [String: Sentence.Fact] = ["issued": .count(counts.issued), "unchanged": .count(counts.unchanged)]
      guard counts.revoked > 0 else { return Console.say(.doneIssued, facts) }
      facts["revoked"] = .count(counts.revoked)
      Console.say(.doneIssuedPassedOver, facts)
    }

    private struct Counts: Encodable {
      var issued = 0
      var unchanged = 0
      var revoked = 0

      mutating func add(_ response: Lanyard_V1_BatchIssueBadgesResponse) {
        issued += Int(response.issued)
        unchanged += Int(response.unchanged)
        revoked += Int(response.revoked)
      }
    }

    /// Calls under way at once: while the badges of one are written, those of the next are signed.
    private static let atOnce = 2

    /// Issues one after the other and shows each badge, as a kiosk may.
    private func showEach<T>(_ registrations: [String], _ service: Lanyard_V1_BadgeService.Client<T>) async throws {
      for name in registrations {
        let badge = try await service.issueBadge(.with { $0.registration = name })
        try ListCommand.show(try Badge(badge), as: json ? .json : .words)
      }
    }

    private func issueEach<T>(
      _ registrations: [String],
      _ service: Lanyard_V1_BadgeService.Client<T>
    ) async throws -> Counts {
      var counts = Counts()
      let names = try Dictionary(grouping: registrations) {
        try ResourceName.registration($0, field: "registration").event
      }
      for (event, names) in names {
        let response = try await Self.issue(names, of: ResourceName.event(event).description, service)
        counts.add(response)
        for revoked in try response.badges.map({ try Badge($0) }) where revoked.state == .revoked {
          _ = try await service.issueBadge(.with { $0.registration = revoked.holder })
          counts.revoked -= 1
          counts.issued += 1
        }
      }
      return counts
    }

    private func issueAll<T>(
      of event: String,
      _ badges: Lanyard_V1_BadgeService.Client<T>,
      _ registrations: Lanyard_V1_RegistrationService.Client<T>
    ) async throws -> Counts {
      var request = Lanyard_V1_ListRegistrationsRequest()
      request.parent = event
      request.state = .confirmed
      return try await withThrowingTaskGroup(of: Lanyard_V1_BatchIssueBadgesResponse.self) { group in
        var counts = Counts()
        var (underWay, total) = (0, 0)
        func takeOne() async throws {
          guard let response = try await group.next() else { return }
          underWay -= 1
          counts.add(response)
          ProgressBar(title: .progressIssuing, total: total).show(counts.issued + counts.unchanged + counts.revoked)
        }
        try await Listing.eachPage(largest: Int32(RequestLimit.badges)) { token, size in
          (request.pageToken, request.pageSize) = (token, size)
          let page = try await registrations.listRegistrations(request)
          total = Int(page.totalSize)
          if underWay == Self.atOnce { try await takeOne() }
          let names = page.registrations.map(\.name)
          group.addTask { try await Self.issue(names, of: event, badges) }
          underWay += 1
          return (names.count, page.nextPageToken)
        }
        while underWay > 0 { try await takeOne() }
        return counts
      }
    }

    private static func issue<T>(
      _ names: [String],
      of event: String,
      _ service: Lanyard_V1_BadgeService.Client<T>
    ) async throws -> Lanyard_V1_BatchIssueBadgesResponse {
      guard !names.isEmpty else { return Lanyard_V1_BatchIssueBadgesResponse() }
      return try await service.batchIssueBadges(
        .with {
          $0.parent = event
          $0.registrations = names
        }
      )
    }
  }

  /// `lanyard badge list`.
  struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List the badges of an event.",
      discussion: "With --codes, prints bare codes, ready to be piped into `lanyard scan`."
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var event: EventOption
    @Option(
      name: .long,
      help: """
        Only one person's: e-mail address, badge code or the mark on it, resource name of the registration, or words of the name.
        """
    )
    var registration: String?
    @Flag(
      name: .long,
      help: "Only badges of confirmed registrations that show operators something to see to, with what that is."
    )
    var attention = false
    @Option(name: .long, help: "Only badges in this state.")
    var state: BadgeState?
    @Option(name: .long, help: "At most this many.")
    var limit: Int?
    @Flag(name: .long, help: "Print the codes only.")
    var codes = false
    @Flag(name: .long, help: "Print a line of JSON for each badge.")
    var json = false

    func validate() throws {
      if let limit, limit < 1 {
        throw ValidationError("--limit", Sentence(.optionOneOrMore, ["value": .count(limit)]))
      }
    }

    func run() async throws {
      try await server.withConnection { client in
        let service = Lanyard_V1_BadgeService.Client(wrapping: client)
        var request = Lanyard_V1_ListBadgesRequest()
        let event = try await event.slug(client, beside: registration)
        request.parent = ResourceName.event(event).description
        if let registration {
          request.registration = try await PersonChoice(client: client, event: event).name(registration)
        }
        request.withAttention = attention
        if let state { request.state = state.wire }
        try await Listing.eachPage(limit: limit) { token, size in
          (request.pageToken, request.pageSize) = (token, size)
          let page = try await service.listBadges(request)
          let form: Form = json ? .json : codes ? .codes : .words
          try page.badges.forEach { try Self.show(try Badge($0), as: form, attention: attention) }
          return (page.badges.count, page.nextPageToken)
        }
      }
    }

    private struct Line: Encodable {
      let registration: String
      let serial: String
      let code: String
      let state: String
      let etag: String
      let attention: String?
      let note: String?
      let needs: String?
    }

    /// How badges are shown.
    enum Form {
      case words, codes, json
    }

    static func show(_ badge: Badge, as form: Form, attention: Bool = false) throws {
      let line = Line(
        registration: badge.holder,
        serial: badge.serial.description,
        code: badge.code,
        state: badge.state.rawValue,
        etag: badge.etag,
        attention: attention ? badge.shownAttention.rawValue : nil,
        note: attention ? badge.mark.note : nil,
        needs: attention ? badge.listedNeeds : nil
      )
      switch form {
      case .json: try Console.json(line)
      case .codes: Console.line(line.code)
      case .words:
        // A note is shown without a kind too.
        let phrasebook = Phrasebook.ofSystem
        let kind = attention ? badge.shownAttention.title.map { phrasebook.text($0) } : nil
        let seen = [kind, line.note, line.needs].compactMap(\.self).filter { !$0.isEmpty }
        let parts = [line.serial, phrasebook.text(badge.state.title), line.registration]
        Console.line((parts + seen).joined(separator: "  "))
      }
    }
  }

  /// `lanyard badge render`.
  struct RenderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "render",
      abstract: "Draw the QR symbol of a badge into a file, or the whole badge for a telephone."
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var badge: BadgeOptions
    @Option(
      name: .long,
      help: "The QR symbol as png, svg or pdf; or phone, the whole badge as a PNG picture for a telephone."
    )
    var format: BadgePictureFormat
    @Option(name: .long, help: "File to write.", completion: .file())
    var out: String
    @Flag(name: .long, help: "Print the result as JSON.")
    var json = false

    func run() async throws {
      let start = ContinuousClock.now
      // The symbol is the badge: nobody else is to read it.
      let file = try PartialFile(out)
      do {
        let (content, state) = try await draw()
        try file.write(content)
        try file.finish()
        if state != .active {
          Console.error(Sentence(.doneBadgeNotWorking, ["state": .sentence(state.title)]), .ofSystem)
        }
      } catch {
        file.discard()
        throw error
      }
      if json {
        let seconds = start.duration(to: .now) / .seconds(1)
        try Console.json(Result(pages: 1, badges: 1, seconds: (seconds * 1000).rounded() / 1000))
      } else {
        Console.say(.doneWrote, ["file": .text(out)])
      }
    }

    private func draw() async throws -> (content: Data, state: BadgeState) {
      try await server.withConnection { client in
        let service = Lanyard_V1_BadgeService.Client(wrapping: client)
        let name = try await badge.name(client)
        let content = try await service.renderBadge(.with { ($0.name, $0.format) = (name, format.wire) }).content
        return (content, try BadgeState(try await service.getBadge(.with { $0.name = name }).state, field: "state"))
      }
    }

    private struct Result: Encodable {
      let pages: Int
      let badges: Int
      let seconds: Double
    }
  }
}
