import Foundation
import GRPCCore
import LanyardDomain
import LanyardServer
import LanyardTesting
import Testing

/// The words of the manual's table of roles and profiles for the methods that they stand for.
private struct Ability: Sendable {
  let words: String
  let methods: Set<String>

  init(_ words: String, _ methods: String...) {
    self.words = words
    self.methods = Set(methods)
  }

  /// In the order of the table.
  static let all = [
    Ability("list events", "ListEvents"),
    Ability(
      "read an event, its sessions and questions",
      "GetEvent",
      "GetSession",
      "ListSessions",
      "GetQuestion",
      "ListQuestions"
    ),
    Ability("read and list checkpoints", "GetCheckpoint", "ListCheckpoints"),
    Ability("ask for reflection", "ServerReflectionInfo"),
    Ability("read and watch headcounts", "GetAttendance", "WatchAttendance"),
    Ability("scan", "CheckIn", "StreamCheckIns"),
    Ability("upload", "UploadCheckIns"),
    Ability("follow the roster", "WatchRoster"),
    Ability("take scans back", "UndoCheckIn"),
    Ability("list verification keys", "ListVerificationKeys"),
    Ability("find people by name", "SearchAttendees"),
    Ability("issue a badge, print somebody's own", "IssueBadge", "PrintOwnBadge", "WithdrawPrintRun"),
    Ability("read and draw a badge", "GetBadge", "RenderBadge"),
    Ability(
      "list, find, approve, reject and move up registrations",
      "ListRegistrations",
      "FindRegistrations",
      "ApproveRegistration",
      "RejectRegistration",
      "MoveUpRegistration"
    ),
    Ability("register", "CreateRegistration"),
    Ability(
      "confirm an address, ask for the way to a registration, sign in with a token",
      "VerifyEmail",
      "SendPersonalLink",
      "CreateSignIn"
    ),
    Ability(
      "read, change, cancel and bring back a registration, and make a personal link",
      "GetRegistration",
      "UpdateRegistration",
      "CancelRegistration",
      "RestoreRegistration",
      "CreatePersonalLink"
    ),
    Ability("erase a person, and read all that is on record of them", "EraseRegistration", "ExportPersonalData"),
    Ability("list badges", "ListBadges"),
    Ability(
      "issue many badges, print, activate, mark, hold, release, replace and revoke them",
      "BatchIssueBadges",
      "RenderBadges",
      "ConfirmPrintRun",
      "ListPrintRuns",
      "ActivateBadge",
      "PreviewBadges",
      "UpdateBadge",
      "HoldBadge",
      "ReleaseBadge",
      "ReplaceBadge",
      "RevokeBadge"
    ),
    Ability("book and give back", "AddBookings", "RemoveBookings"),
    Ability("list who has booked", "ListBookings"),
    Ability("join a session over the network, and leave it", "JoinSession", "LeaveSession"),
    Ability(
      "count who came, list who is inside, scans, conflicts and devices",
      "SummarizeAttendance",
      "ListPeopleInside",
      "ListCheckIns",
      "ListConflicts",
      "ListDevices"
    ),
    Ability("list mails, look at them, have them tried again", "ListMails", "PreviewMail", "RetryMail"),
    Ability("follow what changes", "WatchChanges"),
    Ability(
      "import programmes and registrations, export registrations, find who is registered twice",
      "FindDuplicates",
      "ImportProgramme",
      "ImportRegistrations",
      "ExportRegistrations"
    ),
    Ability("archive and delete events", "UpdateEvent", "DeleteEvent"),
    Ability("change checkpoints, renew badges, put people outside", "UpdateCheckpoint", "RenewBadges", "SendOut"),
    Ability("ask questions of those who register", "CreateQuestion", "UpdateQuestion", "DeleteQuestion"),
    Ability("list who changed what, which as a desk is of one registration or badge", "ListAuditEntries"),
    Ability("be signed in on the pages", "GetSignIn", "DeleteSignIn"),
    Ability(
      "rotate and retire the keys of badges, with a token for all events",
      "RotateSigningKey",
      "RetireVerificationKey"
    ),
    Ability(
      "make and withdraw enrolment codes, change devices",
      "CreateEnrolmentCode",
      "ListEnrolmentCodes",
      "WithdrawEnrolmentCode",
      "UpdateDevice"
    ),
    Ability("read a device, which as a device is itself alone", "GetDevice"),
    Ability("revoke a device, which as a device is itself alone", "RevokeDevice"),
    Ability("renew its own certificate", "RenewDeviceCertificate"),
  ]

  /// The rule that all of its methods share.
  var rule: AccessPolicy.Rule? {
    get throws {
      let rules = Set(
        try AccessTests.allMethods().filter { methods.contains($0.method) }.map { AccessPolicy.rule(for: $0) }
      )
      return rules.count == 1 ? rules.first : nil
    }
  }
}

@Suite("The manual's table of roles and profiles")
struct AccessTableTests {
  @Test("has words for every method that is not open to everyone, each once")
  func complete() throws {
    let closed = try AccessTests.allMethods().filter { AccessPolicy.rule(for: $0) != .everyone }.map(\.method)
    let named = Ability.all.flatMap(\.methods)
    #expect(Set(closed) == Set(named) && named.count == Set(named).count)
    for ability in Ability.all { #expect(try ability.rule != nil, "\(ability.words): its methods have several rules") }
  }

  @Test("says what the access policy says")
  func tableOfTheManual() throws {
    let article = "../../Sources/lanyard/Manual.docc/RunningTheServer.md"
    let manual = try String(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent().appending(path: article).standardized,
      encoding: .utf8
    )
    let table = try Self.table()
    #expect(manual.contains(table), "RunningTheServer.md lacks this table:\n\(table)")
  }

  @Test("Nothing but access looks at whether a caller has a token, a device or a link, and at which")
  func decidedOnce() throws {
    let server = SampleData.root.appending(path: "Sources/LanyardServer")
    let files = try #require(FileManager.default.enumerator(at: server, includingPropertiesForKeys: nil))
    var found: [String] = []
    let pattern = try Regex(
      #"aller\??\.(?:standing|event\b|device\b)|Caller\.Standing|device\??\.(?:profile|isSupervisor)|\.matches\([a-z]+\.hash"#
    )
    for case let file as URL in files
    where file.pathExtension == "swift" && file.deletingLastPathComponent().lastPathComponent != "Access" {
      let source = try String(contentsOf: file, encoding: .utf8)
      found += source.matches(of: pattern).map { "\(file.lastPathComponent): \(source[$0.range])" }
    }
    // Not what one may do, but of which device something is noted or made anew, and in which language one is told.
    let known = [
      "CallLanguage.swift: aller?.event", "DeviceReports.swift: aller.device",
      "DeviceServiceProvider.swift: aller.device",
    ]
    #expect(found.sorted() == known, "make it a rule of AccessPolicy, which Caller asks")
  }

  /// What each role and each profile may, as the manual has it.
  private static func table() throws -> String {
    let roles = Role.allCases.map { Caller(id: $0.rawValue, standing: .token($0)) }
    let profiles = DeviceProfile.allCases.map { profile in
      Caller(
        id: "*\(profile.rawValue.lowercased())*",
        standing: .device(
          Device(
            id: "x",
            event: "x",
            displayName: "x",
            profile: profile,
            checkpoints: [],
            isSupervisor: false,
            enrolledAt: SampleData.firstMorning
          )
        )
      )
    }
    let participant = Caller(id: "participant", standing: .participant(registration: "x", event: "x"))
    let nobody = Caller(id: "nobody", standing: .stranger)
    let callers = roles + profiles + [participant, nobody]
    let rows = try Ability.all.map { ability in
      [ability.words] + (try callers.map { try ability.rule?.admits($0) == true ? "✓" : "" })
    }
    let all = [["may"] + callers.map(\.id), Array(repeating: "---", count: callers.count + 1)] + rows
    return all.enumerated().map { index, cells in
      index == 1 ? "|\(cells.joined(separator: "|"))|\n" : "| \(cells.joined(separator: " | ")) |\n"
    }.joined()
  }
}
