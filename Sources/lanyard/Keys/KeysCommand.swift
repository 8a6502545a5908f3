import ArgumentParser
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

/// `lanyard keys`.
struct KeysCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys",
    abstract: "The keys that sign badge codes: list, rotate, retire.",
    discussion: """
      The newest key signs new badges, and all that are not retired verify: lanes and other servers on the same data hear of \
      a change within a second. Badges that people have go on working when another key is made.

      Rotate once before each event, and whenever somebody may have read the store, as by a stolen backup: then replace what \
      the old key signed (`lanyard badge renew --replace --key KEY`), and retire it. Give the server a file that encrypts the \
      private keys (`lanyard serve --badge-key-file FILE`): then a stolen store or backup signs nothing.
      """,
    subcommands: [ListCommand.self, RotateCommand.self, RetireCommand.self]
  )

  /// `lanyard keys list`.
  struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List the keys, oldest first: number, what each does, since when, how many badges it signed.",
      discussion: """
        Of the badges that a key signed those work that are neither replaced nor revoked and have not run out, of confirmed \
        registrations and of events that are not archived. How many there are is told to organisers of all events.
        """
    )

    @OptionGroup var server: CallerOptions
    @Flag(name: .long, help: "Print a line of JSON for each.")
    var json = false

    func run() async throws {
      let keys = try await server.withConnection { client in
        let service = Lanyard_V1_BadgeService.Client(wrapping: client)
        return try await Listing.all { token in
          let page = try await service.listVerificationKeys(.with { $0.pageToken = token })
          return (page.verificationKeys, page.nextPageToken)
        }
      }
      // They are told to nobody else, whose list has none: 0 would be taken for the number.
      let hasCounts = keys.contains { $0.badgeCount > 0 }
      for key in keys { Console.line(json ? try key.jsonString() : try key.line(withCounts: hasCounts)) }
    }
  }

  /// `lanyard keys rotate`.
  struct RotateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rotate",
      abstract: "Make another key, which signs all badges from now on; those of before go on to work."
    )

    @OptionGroup var server: CallerOptions
    @Flag(
      name: .long,
      help: """
        Make it although the server cannot open the keys that are there: the passphrase is lost, or another is to be used from \
        now on.
        """
    )
    var althoughLocked = false
    @Flag(name: .long, help: "Print the key as JSON.")
    var json = false

    func run() async throws {
      let key = try await server.withConnection { client in
        try await Lanyard_V1_BadgeService.Client(wrapping: client).rotateSigningKey(
          .with { $0.althoughLocked = althoughLocked }
        )
      }
      if json { return Console.line(try key.jsonString()) }
      Console.say(.doneRotated, ["key": .text(try key.number)])
      if althoughLocked, try PrivateHalfState(key.privateHalf, field: "private_half") == .plain {
        Console.error(Sentence(.doneRotatedPlain), .ofSystem)
      }
    }
  }

  /// `lanyard keys retire`.
  struct RetireCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "retire",
      abstract: "End a key: nothing that it signed verifies any more, and its private half is destroyed.",
      discussion: """
        Refused for the key that signs (rotate first), and while badges that work were signed with it: `lanyard badge renew \
        --event SLUG --replace --key KEY` puts others in their places. Whoever comes back after they had cancelled is given \
        another badge. Retiring again changes nothing.
        """
    )

    @OptionGroup var server: CallerOptions
    @Argument(help: "Number of the key, as `lanyard keys list` shows it.")
    var key: String
    @Flag(name: .long, help: "Print the key as JSON.")
    var json = false

    func run() async throws {
      let name = KeyName.name(key)
      let retired = try await server.withConnection { client in
        try await Lanyard_V1_BadgeService.Client(wrapping: client).retireVerificationKey(.with { $0.name = name })
      }
      if json { return Console.line(try retired.jsonString()) }
      Console.say(.doneRetired, ["key": .text(try retired.number)])
    }
  }
}

/// A key that a person names, by its number or its resource name.
enum KeyName {
  /// The resource name; what is none is left for the server to refuse by its field.
  static func name(_ text: String) -> String {
    UInt32(text).map { ResourceName.verificationKey($0).description } ?? text
  }
}

extension Lanyard_V1_VerificationKey {
  /// Its number, as people name it.
  fileprivate var number: String {
    get throws { "\(try ResourceName.verificationKey(name, field: "name"))" }
  }

  /// The key in a list.
  fileprivate func line(withCounts: Bool) throws -> String {
    let phrasebook = Phrasebook.ofSystem
    func time(_ key: Sentence.Key, _ time: Google_Protobuf_Timestamp) -> String {
      phrasebook.text(Sentence(key, ["time": .moment(Instant(shown: time), VenueTime(zone: .utc))]))
    }
    var parts = [try number, phrasebook.text(try shownState), time(.listKeyFrom, createTime)]
    if hasRetireTime { parts.append(time(.listKeyRetired, retireTime)) }
    if withCounts {
      let counts: [String: Sentence.Fact] = [
        "count": .count(Int(badgeCount)), "working": .count(Int(workingBadgeCount)),
      ]
      parts.append(phrasebook.text(Sentence(.listKeyBadges, counts)))
    }
    parts.append(phrasebook.text(try shownHalf))
    return parts.joined(separator: "  ")
  }

  private var shownState: Sentence.Key {
    get throws {
      switch try SigningKeyState(state, field: "state") {
      case .signing: .listKeySigns
      case .verifying: .listKeyVerifies
      case .retired: .listKeyEnded
      }
    }
  }

  private var shownHalf: Sentence.Key {
    get throws {
      switch try PrivateHalfState(privateHalf, field: "private_half") {
      case .plain: .listKeyPlain
      case .sealed: .listKeySealed
      case .locked: .listKeyLocked
      case .destroyed: .listKeyDestroyed
      }
    }
  }
}
