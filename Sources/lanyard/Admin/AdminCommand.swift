import ArgumentParser
import Foundation
import LanyardDomain
import LanyardServer
import LanyardStore
import LanyardTexts

/// `lanyard admin`.
struct AdminCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "admin",
    abstract: "What whoever runs the server does on its machine.",
    subcommands: [TokenCommand.self, BackupCommand.self, RestoreCommand.self]
  )

  /// `lanyard admin token`.
  struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "token",
      abstract: "Bearer tokens: who may call the server.",
      discussion: """
        These commands work on the data folder itself, whether the server runs or not, so they need to be run on its \
        machine. Only a hash of each token is stored: a token that is lost is revoked and made anew.
        """,
      subcommands: [CreateCommand.self, ListCommand.self, RevokeCommand.self]
    )
  }

  /// `lanyard admin token create`.
  struct CreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "create",
      abstract: "Make a token and show it this once.",
      discussion: """
        Roles: organiser may do everything; desk registers people and decides on them, issues badges, scans and reads; scanner scans and \
        reads; viewer reads programme and headcounts. With --event it may do so for that event alone.
        """
    )

    @OptionGroup var dataOptions: DataOptions
    @Option(name: .long, help: "What its bearer may do.")
    var role: Role
    @Option(
      name: .long,
      help: "Slug of the one event that it is for; without it, it is for all events.",
      transform: EventSlug.read
    )
    var event: String?
    /// The most characters of a label.
    private static let labelLimit = 100

    @Option(name: .long, help: "What it is for, such as \"tablet at lane 3\"; at most \(labelLimit) characters.")
    var label = ""
    @Flag(name: .long, help: "Print the token as JSON.")
    var json = false

    func run() async throws {
      let store = try await OpenStore.existing(dataOptions.folder)
      let label: String
      do throws(InvalidInput) {
        label = try PlainText.validated(self.label, limit: Self.labelLimit, field: "--label")
      } catch {
        throw ValidationError(error.sentence)
      }
      let token = BearerToken.random()
      do throws(StoreError) {
        try await store.addToken(
          .console(at: Instant(Date())),
          token.stored(role: role, event: event, label: label, at: Instant(Date()))
        )
      } catch {
        guard case .notFound(let name) = error else { throw error }
        throw CommandFailure(status: .negative, Sentence(.doneNoEventYet, ["event": .text("\(name)")]))
      }
      if json {
        let line = ["id": token.id, "role": role.rawValue, "event": event, "token": token.text]
        try Console.json(line.compactMapValues(\.self))
      } else {
        Console.line(token.text)
        Console.error(Phrasebook.ofSystem.text(Sentence(.doneTokenShown, ["id": .text(token.id)])))
      }
    }
  }

  /// `lanyard admin token list`.
  struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the tokens, without secrets.")

    @OptionGroup var dataOptions: DataOptions
    @Flag(name: .long, help: "Print a line of JSON for each token.")
    var json = false

    func run() async throws {
      let store = try await OpenStore.existing(dataOptions.folder)
      // A rehearsal has a clock of its own: what has run out is told by its end.
      let signIns = try await store.signIns()
      for token in try await store.tokens() {
        let own = signIns.filter { $0.token == token.id }
        if json {
          try Console.json(Line(token, own))
        } else {
          Console.line(Self.text(token))
          for signIn in own { Console.line(Self.text(signIn)) }
        }
      }
    }

    private struct Line: Encodable {
      let id: String
      let role: String
      /// Left out where it is for all events.
      let event: String?
      let label: String
      let created: String
      let revoked: String?
      /// Who is signed in with it.
      let signIns: [SignInLine]

      enum CodingKeys: String, CodingKey {
        case id, role, event, label, created, revoked
        case signIns = "sign_ins"
      }

      init(_ token: StoredToken, _ signIns: [StoredSignIn]) {
        self.signIns = signIns.map(SignInLine.init)
        (id, role, event, label) = (token.id, token.role.rawValue, token.event, token.label)
        (created, revoked) = (token.createdAt.rfc3339(), token.revokedAt.map { $0.rfc3339() })
      }
    }

    private struct SignInLine: Encodable {
      let id: String
      let created: String
      let expires: String

      init(_ signIn: StoredSignIn) {
        (id, created, expires) = (signIn.id, signIn.createdAt.rfc3339(), signIn.expiresAt.rfc3339())
      }
    }

    private static func text(_ signIn: StoredSignIn) -> String {
      let clock = VenueTime(zone: .utc)
      let facts: [String: Sentence.Fact] = [
        "id": .text(signIn.id), "start": .moment(signIn.createdAt, clock), "end": .moment(signIn.expiresAt, clock),
      ]
      return "  \(Phrasebook.ofSystem.text(Sentence(.listSignedIn, facts)))"
    }

    private static func text(_ token: StoredToken) -> String {
      let phrasebook = Phrasebook.ofSystem
      func time(_ key: Sentence.Key, _ instant: Instant) -> String {
        phrasebook.text(Sentence(key, ["time": .moment(instant, VenueTime(zone: .utc))]))
      }
      let state = token.revokedAt.map { time(.listTokenRevoked, $0) } ?? phrasebook.text(.listActive)
      let events = token.event ?? phrasebook.text(.listAllEvents)
      let created = time(.listCreated, token.createdAt)
      return "\(token.id)  \(phrasebook.text(token.role.title))  \(events)  \(state)  \(created)  \(token.label)"
    }
  }

  /// `lanyard admin token revoke`.
  struct RevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "revoke",
      abstract: "End a token: calls with it are refused from then on (a running server notices within 0.1 s)."
    )

    @OptionGroup var dataOptions: DataOptions
    @Argument(help: "Id of the token, as `lanyard admin token list` shows it.")
    var id: String

    func run() async throws {
      guard try await OpenStore.existing(dataOptions.folder).revokeToken(.console(at: Instant(Date())), id) else {
        throw CommandFailure(status: .negative, Sentence(.doneNoToken, ["id": .text(id)]))
      }
      Console.say(.doneTokenRevoked, ["id": .text(id)])
    }
  }
}

extension Role: ExpressibleByArgument {}
