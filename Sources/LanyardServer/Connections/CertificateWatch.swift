import Logging
import NIOCertificateReloading
import ServiceLifecycle

/// Presents the certificate that lies in the files now, so that a renewed one needs no restart.
struct CertificateWatch: Service {
  let reloader: ServedCertificate
  private let interval: Duration

  /// - Throws: `CertificateFileFault`: what is wrong with the files, if anything is.
  init(settings: ServerSettings, logger: Logger) throws {
    reloader = try ServedCertificate(
      certificatePath: settings.certificatePath,
      privateKeyPath: settings.privateKeyPath,
      logger: logger
    )
    interval = settings.certificateRefresh
  }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while true {
        // It is woken early only to end.
        guard (try? await Task.sleep(for: interval)) != nil else { return }
        reloader.refresh()
      }
    }
  }
}
