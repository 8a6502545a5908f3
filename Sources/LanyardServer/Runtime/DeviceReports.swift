import LanyardAPI
import LanyardDomain
import LanyardStore
import Logging
import Synchronization

/// Writes down what devices say of themselves: each now and then, and when more or fewer scans wait.
final class DeviceReports: Sendable {
  private static let interval = Duration.seconds(2)
  /// A clock that is further off than this is worth a line in the log.
  private static let tolerance = Duration.seconds(5)

  private let store: any DeviceStore
  private let clock: ServerClock
  private let logger: Logger
  private let written = Mutex<[String: (at: ContinuousClock.Instant, waiting: Int32)]>([:])

  init(store: any DeviceStore, clock: ServerClock, logger: Logger) {
    self.store = store
    self.clock = clock
    self.logger = logger
  }

  /// Notes a report; what cannot be written is logged, since no lane waits for it.
  func note(_ message: Lanyard_V1_DeviceReport, of caller: Caller) async throws(InvalidInput) {
    guard let device = caller.device else { return }
    let version = try PlainText.validated(message.version, limit: DeviceReport.versionLimit, field: "report.version")
    guard message.scansWaiting >= 0 else { throw InvalidInput(field: "report.scans_waiting", reason: "is negative") }
    let told = try message.hasDeviceTime ? message.deviceTime.instant(field: "report.device_time") : nil
    let now = ContinuousClock.now
    let isDue = written.withLock { written in
      if let last = written[device.id], last.waiting == message.scansWaiting,
        last.at.duration(to: now) < Self.interval
      {
        return false
      }
      written[device.id] = (now, message.scansWaiting)
      return true
    }
    guard isDue else { return }
    // Devices do not rehearse: their clocks are compared with the true one.
    let offset = told.map { $0 - ServerClock.system.now }
    if let offset, offset > Self.tolerance || offset < .zero - Self.tolerance {
      logger.warning("a device's clock is wrong", metadata: ["device": "\(device.id)", "ahead": "\(offset)"])
    }
    let report = DeviceReport(
      version: version,
      scansWaiting: Int(message.scansWaiting),
      clockOffset: offset,
      receivedAt: clock.now
    )
    do {
      try await store.note(report, of: device.id)
    } catch {
      logger.warning(
        "a device's report could not be written",
        metadata: ["device": "\(device.id)", "cause": "\(error)"]
      )
    }
  }
}
