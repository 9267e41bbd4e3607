package explr.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import explr.experiment.Profile;
import org.junit.jupiter.api.Test;

class ResourceTest {

  @Test
  void liesBesideAClass() {
    assertThat(Resource.text(Profile.class, "profiles/sample.json")).contains("\"sample\"");
  }

  @Test
  void thatIsMissingIsNamed() {
    assertThatThrownBy(() -> Resource.text(Profile.class, "profiles/none.json"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("profiles/none.json")
        .hasMessageContaining("explr.experiment.Profile");
  }
}
