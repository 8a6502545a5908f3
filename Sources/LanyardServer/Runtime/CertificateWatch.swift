import Logging
import NIOCertificateReloading
import ServiceLifecycle

/// Presents the certificate that lies in the files now, so that a renewed one needs no restart.
struct CertificateWatch: Service {
  let reloader: TimedCertificateReloader

  /// - Throws: What is wrong with the files, if anything is.
  init(settings: ServerSettings, logger: Logger) throws {
    var configuration = TimedCertificateReloader.Configuration(
      refreshInterval: settings.certificateRefresh,
      certificateSource: .init(location: .file(path: settings.certificatePath), format: .pem),
      privateKeySource: .init(location: .file(path: settings.privateKeyPath), format: .pem)
    )
    configuration.onCertificateLoaded = { diff in
      guard let before = diff.previousX509CertificateChain, before != diff.currentX509CertificateChain else { return }
      logger.notice("the server's certificate was replaced")
    }
    configuration.onCertificateLoadFailed = { failure in
      logger.error(
        "the server's certificate files cannot be used; the certificate loaded before stays in use",
        metadata: ["cause": "\(failure.error)"]
      )
    }
    reloader = try TimedCertificateReloader.makeReloaderValidatingSources(configuration: configuration)
  }

  func run() async throws { try await reloader.run() }
}
