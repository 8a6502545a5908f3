import ArgumentParser
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

extension RegistrationsCommand {
  /// `lanyard registrations approve`.
  struct ApproveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "approve",
      abstract:
        "Confirm registrations that wait for a decision; they wait for a place where none is left, or others wait for one."
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var people: PeopleArguments
    @OptionGroup var overCapacity: OverCapacity

    func run() async throws {
      try await people.take(server.access(), overCapacity) { service, found in
        try await service.approveRegistration(
          .with { ($0.name, $0.etag, $0.overCapacity) = (found.name, found.etag, overCapacity.isAsked) }
        )
      }
    }
  }

  /// `lanyard registrations reject`.
  struct RejectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reject",
      abstract: "Turn registrations down that wait for a decision or for a place."
    )

    @OptionGroup var server: CallerOptions
    @Option(name: .long, help: "Why, which the mail to them says; kept with them.")
    var reason = ""
    @OptionGroup var people: PeopleArguments

    func run() async throws {
      try await people.take(server.access()) { service, found in
        try await service.rejectRegistration(
          .with { ($0.name, $0.etag, $0.reason) = (found.name, found.etag, reason) }
        )
      }
    }
  }

  /// `lanyard registrations restore`.
  struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "restore",
      abstract: "Bring registrations back that were cancelled or rejected.",
      discussion: """
        One that was cancelled begins anew: confirmed while there is room, else on the waiting list, or for review where the event \
        reviews the group or role; the badge that it had works again. One that was rejected waits for a decision again, which an \
        organiser alone can bring about: whoever was rejected cannot register anew with the same e-mail address, whatever the group, \
        nor by an import, until this is done. Then approve it; or cancel it, and the person may register anew.
        """
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var people: PeopleArguments
    @OptionGroup var overCapacity: OverCapacity

    func run() async throws {
      try await people.take(server.access(), overCapacity) { service, found in
        try await service.restoreRegistration(
          .with { ($0.name, $0.etag, $0.overCapacity) = (found.name, found.etag, overCapacity.isAsked) }
        )
      }
    }
  }

  /// `lanyard registrations move-up`.
  struct MoveUpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "move-up",
      abstract: "Give people who wait a place out of turn.",
      discussion: """
        They get it before those who wait longer, where one is free: as when the event does not give places by itself \
        (`moving_up` and `moving_up_ends` of its programme). With --over-capacity they get it though none is. Who did it and when \
        is on record; why, `lanyard registrations show` says, until the person is erased. Who has a place already is left as \
        they are, and the command ends with 1.
        """
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var people: PeopleArguments
    @Option(name: .long, help: "Why; at most 500 characters.")
    var note: String
    @OptionGroup var overCapacity: OverCapacity

    func run() async throws {
      var isPointless = false
      try await people.take(server.access(), overCapacity) { service, found in
        let moved = try await service.moveUpRegistration(
          .with {
            ($0.name, $0.etag, $0.note) = (found.name, found.etag, note)
            $0.overCapacity = overCapacity.isAsked
          }
        )
        if moved.etag == found.etag {
          isPointless = true
          Console.error(Sentence(.doneNotMovedUp, ["name": .text(found.displayName)]), .ofSystem)
        }
        return moved
      }
      if isPointless { throw ExitStatus.negative }
    }
  }

  /// `lanyard registrations cancel`.
  struct CancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "cancel",
      abstract: "Cancel registrations; who waits longest gets each place."
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var people: PeopleArguments

    func run() async throws {
      try await people.take(server.access()) { service, found in
        try await service.cancelRegistration(.with { ($0.name, $0.etag) = (found.name, found.etag) })
      }
    }
  }
}
