import ArgumentParser
import Foundation
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

/// `lanyard mail`.
struct MailCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mail",
    abstract: "Mails to participants: list, try again, look at.",
    subcommands: [ListCommand.self, RetryCommand.self, PreviewCommand.self]
  )

  /// `lanyard mail list`.
  struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List the mails of an event, the newest first, and whether any are sent.",
      discussion: """
        Each line has the mail's name, how far it is, what it is about, to whom it goes, and why it was not sent. --state bounced \
        lists those that were refused for good: the address is wrong, or takes nothing. Change it with `lanyard registrations \
        change`, then `lanyard mail retry`.
        """
    )

    @OptionGroup var list: ListOptions
    @Option(name: .long, help: "Only mails that are so far.")
    var state: MailState?
    @Option(name: .long, help: "At most this many.")
    var limit: Int?

    func validate() throws {
      guard let limit, limit < 1 else { return }
      throw ValidationError("--limit", Sentence(.optionOneOrMore, ["value": .count(limit)]))
    }

    func run() async throws {
      var last = Lanyard_V1_ListMailsResponse()
      let (mails, clock) = try await list.server.withConnection { client in
        let event = try await list.event.slug(client)
        let service = Lanyard_V1_MailService.Client(wrapping: client)
        var mails: [Lanyard_V1_Mail] = []
        try await Listing.eachPage(limit: limit) { token, size in
          last = try await service.listMails(
            .with {
              ($0.parent, $0.pageToken, $0.pageSize) = (ResourceName.event(event).description, token, size)
              if let state { $0.state = state.wire }
            }
          )
          mails += last.mails
          return (last.mails.count, last.nextPageToken)
        }
        return (mails, try await list.clock(of: event, client))
      }
      try list.show(mails, clock) { mail, clock in Self.line(mail, clock) }
      // For scripts a line is a mail, and nothing else.
      if !list.json { Self.say(last) }
    }

    private static func line(_ mail: Lanyard_V1_Mail, _ clock: EventClock) -> String {
      let phrasebook = Phrasebook.ofSystem
      var parts = [
        mail.name, clock.text(Instant(shown: mail.hasSendTime ? mail.sendTime : mail.createTime)),
        phrasebook.text(mail.state.title),
        phrasebook.text(mail.kind.title),
        mail.email.isEmpty ? phrasebook.text(.mailLineErased) : "\(mail.displayName) <\(mail.email)>",
      ]
      if let fault = mail.fault.value {
        let reply = [mail.replyCode == 0 ? "" : "\(mail.replyCode)", mail.replyStatus].filter { !$0.isEmpty }
        let facts: [String: Sentence.Fact] = [
          "fault": .sentence(fault.title), "code": .text(reply.joined(separator: " ")),
        ]
        parts.append(phrasebook.text(reply.isEmpty ? fault.title : Sentence(.mailLineTried, facts)))
      }
      return parts.joined(separator: "  ")
    }

    /// How sending goes.
    private static func say(_ response: Lanyard_V1_ListMailsResponse) {
      if response.waitingSize > 0 { Console.say(.mailWaits, ["count": .count(Int(response.waitingSize))]) }
      switch response.sending.value {
      case .noServer: Console.say(.mailNoServer, [:])
      case .rehearsal: Console.say(.mailRehearsal, [:])
      case .failing:
        Console.say(.mailFailing, ["fault": .sentence((response.fault.value ?? .notReached).title)])
      case .on, nil: break
      }
    }
  }

  /// `lanyard mail retry`.
  struct RetryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "retry",
      abstract: "Have mails tried again at once: those that are named, or all that bounced or were given up.",
      discussion: """
        A mail is made anew when it is sent: it goes to the address that the registration has by then, and says how that stands \
        then. Ends with 1 where there is none.
        """
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var event: EventOption
    @Flag(name: .long, help: "All of the event that bounced or were given up.")
    var failed = false
    @Flag(name: .long, help: "Print the result as JSON.")
    var json = false
    @Argument(help: "Resource names of mails, as `lanyard mail list` shows them.")
    var mails: [String] = []

    func validate() throws {
      guard failed == mails.isEmpty else {
        let ways: [String: Sentence.Fact] = ["one": .text("--failed"), "other": .text("MAIL")]
        throw ValidationError(Sentence(.optionEitherOr, ways))
      }
    }

    func run() async throws {
      let choice = try event.choice(beside: mails)
      let retried = try await server.withConnection { client in
        let service = Lanyard_V1_MailService.Client(wrapping: client)
        var names = mails
        if failed {
          let event = try await choice.slug(client)
          for state in [MailState.bounced, .givenUp] {
            names += try await Listing.all { token in
              let page = try await service.listMails(
                .with {
                  ($0.parent, $0.pageToken) = (ResourceName.event(event).description, token)
                  ($0.pageSize, $0.state) = (Listing.pageSize, state.wire)
                }
              )
              return (page.mails.map(\.name), page.nextPageToken)
            }
          }
        }
        let bar = ProgressBar(title: .progressRetrying, total: names.count)
        for (count, name) in zip(1..., names) {
          _ = try await service.retryMail(.with { $0.name = name })
          bar.show(count)
        }
        return names.count
      }
      if json {
        try Console.json(["retried": retried])
      } else {
        Console.say(retried > 0 ? .mailRetried : .mailNone, retried > 0 ? ["count": .count(retried)] : [:])
      }
      if retried == 0 { throw ExitStatus.negative }
    }
  }

  /// `lanyard mail preview`.
  struct PreviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "preview",
      abstract: "Show a mail as it would be sent now; nothing is sent.",
      discussion: """
        Without --out its subject and text are printed; --out FILE writes the whole message, .eml for a mail program, or .html for \
        the page alone. Links are left out: they are for whom it goes to. In a rehearsal this is how mails are looked at.
        """
    )

    @OptionGroup var server: CallerOptions
    @Argument(help: "Resource name of the mail, as `lanyard mail list` shows it.")
    var mail: String
    @Option(
      name: .long,
      help: "File to write, which only you may read.",
      completion: .file(extensions: ["eml", "html"])
    )
    var out: String?
    @Flag(name: .long, help: "Print the result as JSON.")
    var json = false

    private struct Result: Encodable {
      let subject: String
      let text: String
      let needless: Bool
    }

    func run() async throws {
      let file = try out.map { try PartialFile($0) }
      defer { file?.discard() }
      let shown = try await server.withConnection { client in
        try await Lanyard_V1_MailService.Client(wrapping: client).previewMail(.with { $0.name = mail })
      }
      if let file {
        try file.write(file.path.lowercased().hasSuffix(".html") ? Data(shown.html.utf8) : shown.content)
        try file.finish()
      }
      if json {
        try Console.json(Result(subject: shown.subject, text: shown.text, needless: shown.needless))
      } else if let out {
        Console.say(.doneWrote, ["file": .text(out)])
      } else {
        Console.line("\(shown.subject)\n\n\(shown.text)")
      }
    }
  }
}
