import Foundation
import LanyardDomain
import Mustache

/// The templates of the pages, as they lie in the program.
struct TemplateLibrary: Sendable {
  private let templates: MustacheLibrary

  /// - Throws: What is wrong with a template; they are part of the program, and tests draw each.
  init() throws {
    MustacheContentTypes.register(PageEscape(), named: PageEscape.name)
    var templates = MustacheLibrary()
    for (name, bytes) in Self.files { try templates.register(String(decoding: bytes, as: UTF8.self), named: name) }
    self.templates = templates
  }

  /// A page: what is in it, within the frame that all share.
  func page(_ name: String, _ content: some Sendable, in frame: PageFrame) -> String {
    var values: [String: any Sendable] = ["t": frame.text, "frame": frame, "page": content]
    values["content"] = templates.render(values, withTemplate: name) ?? ""
    return templates.render(values, withTemplate: "frame") ?? ""
  }

  /// All by name.
  static let files: [String: [UInt8]] = [
    "field": PackageResources.field_mustache,
    "frame": PackageResources.frame_mustache,
    "event": PackageResources.event_mustache,
    "events": PackageResources.events_mustache,
    "session": PackageResources.session_mustache,
    "form": PackageResources.form_mustache,
    "register": PackageResources.register_mustache,
    "notice": PackageResources.notice_mustache,
    "link": PackageResources.link_mustache,
    "me": PackageResources.me_mustache,
    "confirm": PackageResources.confirm_mustache,
    "data": PackageResources.data_mustache,
    "prose": PackageResources.prose_mustache,
    "signin": PackageResources.signin_mustache,
    "review": PackageResources.review_mustache,
    "duplicates": PackageResources.duplicates_mustache,
    "desk": PackageResources.desk_mustache,
    "deskbadges": PackageResources.deskbadges_mustache,
  ]
}
