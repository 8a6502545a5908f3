import GRPCCore
import LanyardStore
import Logging

/// The services that answer calls, with what they and authentication share.
struct CallServices {
  let settings: ServerSettings
  let store: any Store
  let clock: ServerClock
  let logger: Logger
  let writer: AdmissionWriter
  let signer: BadgeSigner
  let followers: FeedFollowers
  let reports: DeviceReports
  let devices: DeviceCheck
  let certificate: ServedCertificate
  let outbox: Outbox
  let links: PersonalLinkMaker

  /// All that is served.
  func all(_ readiness: Readiness) throws -> [any RegistrableRPCService] {
    let reflection = try ReflectionProvider()
    let health = HealthProvider(
      services: Set(reflection.serviceNames),
      readiness: readiness,
      watches: settings.maximumHealthWatches,
      watchesPerAddress: settings.maximumWatchesPerCaller
    )
    return [
      EventServiceProvider(store: store, clock: clock, logger: logger),
      AccessServiceProvider(store: store, clock: clock, logger: logger),
      RegistrationServiceProvider(
        store: store,
        links: links,
        limits: PublicLimits(perMinute: settings.publicCallsPerMinute, clock: clock),
        clock: clock,
        logger: logger
      ),
      BadgeServiceProvider(
        store: store,
        signer: signer,
        links: TokenCheck(store: store, clock: clock),
        clock: clock,
        logger: logger
      ),
      checkIns,
      DeviceServiceProvider(
        store: store,
        authority: settings.deviceAuthority,
        devices: devices,
        certificate: { [certificate] in certificate.served },
        clock: clock,
        logger: logger
      ),
      AttendanceServiceProvider(
        store: store,
        feed: followers.attendance,
        clock: clock,
        patience: settings.rosterPatience,
        watches: .attendances(settings)
      ),
      MailServiceProvider(store: store, outbox: outbox, clock: clock, logger: logger),
      FeedServiceProvider(
        store: store,
        feed: followers.changes,
        patience: settings.rosterPatience,
        watches: .feeds(settings)
      ),
      health,
      reflection,
    ]
  }

  private var checkIns: CheckInServiceProvider {
    CheckInServiceProvider(
      store: store,
      writer: writer,
      roster: followers.roster,
      rosterPatience: settings.rosterPatience,
      reports: reports,
      searches: SearchBudget(limit: settings.searchesPerMinute, logger: logger),
      reader: signer.read,
      clock: clock,
      logger: logger,
      watches: .rosters(settings),
      searching: .searches(settings)
    )
  }
}
