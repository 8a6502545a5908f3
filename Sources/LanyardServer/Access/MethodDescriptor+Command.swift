import GRPCCore
import LanyardAPI

extension MethodDescriptor {
  /// The command that calls the method, as it follows the program's name: what people know it by. Nil where none does.
  package var command: String? { Self.commands[fullyQualifiedMethod] }

  /// By the full name of the method.
  private static let commands: [String: String] = Dictionary(
    uniqueKeysWithValues: [events, registrations, badges, doors, rest].joined().map { ($0.fullyQualifiedMethod, $1) }
  )

  private static let events: [(MethodDescriptor, String)] = {
    typealias Events = Lanyard_V1_EventService.Method
    return [
      (Events.GetEvent.descriptor, "event list"),
      (Events.ListEvents.descriptor, "event list"),
      (Events.UpdateEvent.descriptor, "event archive"),
      (Events.DeleteEvent.descriptor, "event delete"),
      (Events.GetSession.descriptor, "attendance sessions"),
      (Events.ListSessions.descriptor, "attendance sessions"),
      (Events.GetCheckpoint.descriptor, "event checkpoints"),
      (Events.ListCheckpoints.descriptor, "event checkpoints"),
      (Events.UpdateCheckpoint.descriptor, "event change"),
      (Events.AddBookings.descriptor, "event book"),
      (Events.RemoveBookings.descriptor, "event book"),
      (Events.ListBookings.descriptor, "event book"),
      (Events.ImportProgramme.descriptor, "event import"),
      // A programme has the questions.
      (Events.GetQuestion.descriptor, "event import"),
      (Events.ListQuestions.descriptor, "event import"),
      (Events.CreateQuestion.descriptor, "event import"),
      (Events.UpdateQuestion.descriptor, "event import"),
      (Events.DeleteQuestion.descriptor, "event import"),
    ]
  }()

  private static let registrations: [(MethodDescriptor, String)] = {
    typealias Registrations = Lanyard_V1_RegistrationService.Method
    return [
      (Registrations.CreateRegistration.descriptor, "registrations add"),
      (Registrations.GetRegistration.descriptor, "registrations show"),
      (Registrations.ListRegistrations.descriptor, "registrations list"),
      (Registrations.FindRegistrations.descriptor, "registrations show"),
      (Registrations.FindDuplicates.descriptor, "registrations duplicates"),
      (Registrations.UpdateRegistration.descriptor, "registrations change"),
      (Registrations.ApproveRegistration.descriptor, "registrations approve"),
      (Registrations.RejectRegistration.descriptor, "registrations reject"),
      (Registrations.RestoreRegistration.descriptor, "registrations restore"),
      (Registrations.MoveUpRegistration.descriptor, "registrations move-up"),
      (Registrations.CancelRegistration.descriptor, "registrations cancel"),
      (Registrations.EraseRegistration.descriptor, "registrations erase"),
      (Registrations.CreatePersonalLink.descriptor, "registrations link"),
      (Registrations.ImportRegistrations.descriptor, "registrations import"),
      (Registrations.ExportRegistrations.descriptor, "registrations export"),
    ]
  }()

  private static let badges: [(MethodDescriptor, String)] = {
    typealias Badges = Lanyard_V1_BadgeService.Method
    return [
      (Badges.IssueBadge.descriptor, "badge issue"),
      (Badges.BatchIssueBadges.descriptor, "badge issue"),
      (Badges.GetBadge.descriptor, "badge list"),
      (Badges.ListBadges.descriptor, "badge list"),
      (Badges.UpdateBadge.descriptor, "badge mark"),
      (Badges.ReplaceBadge.descriptor, "badge replace"),
      (Badges.RenewBadges.descriptor, "badge renew"),
      (Badges.RevokeBadge.descriptor, "badge revoke"),
      (Badges.ActivateBadge.descriptor, "badge activate"),
      (Badges.HoldBadge.descriptor, "badge hold"),
      (Badges.ReleaseBadge.descriptor, "badge release"),
      (Badges.RenderBadge.descriptor, "badge render"),
      (Badges.RenderBadges.descriptor, "badge print"),
      (Badges.PrintOwnBadge.descriptor, "kiosk"),
      (Badges.ConfirmPrintRun.descriptor, "badge print"),
      (Badges.WithdrawPrintRun.descriptor, "kiosk"),
      (Badges.ListPrintRuns.descriptor, "badge prints"),
      (Badges.PreviewBadges.descriptor, "badge preview"),
      (Badges.ListVerificationKeys.descriptor, "keys list"),
      (Badges.RotateSigningKey.descriptor, "keys rotate"),
      (Badges.RetireVerificationKey.descriptor, "keys retire"),
    ]
  }()

  private static let doors: [(MethodDescriptor, String)] = {
    typealias CheckIns = Lanyard_V1_CheckInService.Method
    typealias Attendance = Lanyard_V1_AttendanceService.Method
    return [
      (CheckIns.CheckIn.descriptor, "scan"),
      (CheckIns.StreamCheckIns.descriptor, "scan"),
      (CheckIns.UploadCheckIns.descriptor, "scan"),
      (CheckIns.WatchRoster.descriptor, "scan"),
      (CheckIns.SearchAttendees.descriptor, "scan"),
      (CheckIns.UndoCheckIn.descriptor, "attendance undo"),
      (CheckIns.SendOut.descriptor, "attendance send-out"),
      (Attendance.GetAttendance.descriptor, "attendance"),
      (Attendance.WatchAttendance.descriptor, "attendance --watch"),
      (Attendance.ListPeopleInside.descriptor, "attendance people"),
      (Attendance.SummarizeAttendance.descriptor, "attendance --day"),
      (Attendance.ListCheckIns.descriptor, "attendance scans"),
      (Attendance.ListConflicts.descriptor, "attendance conflicts"),
    ]
  }()

  private static let rest: [(MethodDescriptor, String)] = {
    typealias Devices = Lanyard_V1_DeviceService.Method
    typealias Mails = Lanyard_V1_MailService.Method
    typealias Feed = Lanyard_V1_FeedService.Method
    return [
      (Devices.CreateEnrolmentCode.descriptor, "device code"),
      (Devices.ListEnrolmentCodes.descriptor, "device codes"),
      (Devices.WithdrawEnrolmentCode.descriptor, "device withdraw"),
      (Devices.ListDevices.descriptor, "device list"),
      (Devices.GetDevice.descriptor, "device list"),
      (Devices.UpdateDevice.descriptor, "device change"),
      (Devices.RevokeDevice.descriptor, "device revoke"),
      (Mails.ListMails.descriptor, "mail list"),
      (Mails.RetryMail.descriptor, "mail retry"),
      (Mails.PreviewMail.descriptor, "mail preview"),
      (Feed.ListAuditEntries.descriptor, "audit list"),
    ]
  }()
}
