/// How badges lie on the paper.
package enum BadgeSheet: String, Spelled {
  /// A page as large as a badge, front and back in turn, as badge and label printers take it.
  case single = "SINGLE"
  /// A4 sheets with crop marks. Where the design has a back, each sheet is two pages: turned over its long edge, each back
  /// lies behind its front.
  case a4 = "A4"
}

/// A design of badges that is delivered.
package enum BadgeDesignName: String, Spelled {
  case conference = "CONFERENCE"
  case label = "LABEL"
}
