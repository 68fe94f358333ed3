package io.recredit.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What gets into the page. */
class MarkupTest {

  @Test
  void nothingOfATextBecomesMarkup() {
    assertThat(Markup.escaped("<b a=\"x\">'&'\u0000\u202e\n"))
        .isEqualTo("&lt;b a=&quot;x&quot;&gt;&#39;&amp;&#39;   ");
  }
}
