"""The office and its people: authority, departments, windows, accounts, duties and posts."""

from sqlalchemy.orm import joinedload

from models import Authority, Department, Post, PostAssignment, RoleGrant, User, Window
from views.forms.columns import NewPasswordField
from views.panel.engine.base import GuardedModelView
from views.words.labels import column_label


class AuthorityView(GuardedModelView):
    """The organ in whose name permits are granted."""

    model = Authority
    column_list = ("code", "name")
    column_details_list = ("code", "name", "name_en")
    column_searchable_list = ("code", "name", "name_en")
    form_columns = ("code", "name", "name_en")
    related = (("department", "authority_id"),)


class DepartmentView(GuardedModelView):
    """Departments, the permit section and those whose powers moved to it."""

    model = Department
    column_list = ("code", "name", "authority", "closed_on")
    column_details_list = ("code", "name", "name_en", "authority", "closed_on")
    column_searchable_list = ("code", "name", "name_en")
    column_filters = ("authority_id", "closed_on")
    form_columns = ("authority", "code", "name", "name_en", "closed_on")
    related = (("service_window", "department_id"), ("licence_item", "department_id"))


class WindowView(GuardedModelView):
    """The counters where the public is served."""

    model = Window
    column_list = ("code", "name", "department")
    column_details_list = ("code", "name", "name_en", "department")
    column_searchable_list = ("code", "name", "name_en")
    column_filters = ("department_id",)
    form_columns = ("department", "code", "name", "name_en")
    related = (("post", "window_id"),)


class UserView(GuardedModelView):
    """Accounts, and the people of imported history who have none."""

    model = User
    column_list = ("username", "display_name", "department", "is_active")
    column_details_list = (
        "username", "display_name", "display_name_en", "department", "phone", "is_active",
    )  # fmt: skip
    column_searchable_list = ("username", "display_name", "display_name_en")
    column_filters = ("is_active", "department_id")
    column_default_sort = "id"
    form_columns = (
        "username", "display_name", "display_name_en", "department", "phone", "is_active",
        "new_password",
    )  # fmt: skip
    form_extra_fields = {"new_password": NewPasswordField(column_label("", "new_password"))}  # noqa: RUF012
    related = (("role_grant", "user_id"), ("post_assignment", "user_id"))


class RoleGrantView(GuardedModelView):
    """Duties given to accounts, with their dates."""

    model = RoleGrant
    column_list = ("user", "duty", "valid_from", "valid_until")
    column_details_list = column_list
    column_searchable_list = ("user.display_name", "user.username")
    column_filters = ("duty", "valid_from", "valid_until", "user_id")
    column_default_sort = ("id", True)
    form_columns = ("user", "duty", "valid_from", "valid_until")


class PostView(GuardedModelView):
    """The posts of a window, to which work goes."""

    model = Post
    column_list = ("name", "duty", "window")
    column_details_list = ("name", "name_en", "duty", "window")
    column_searchable_list = ("name", "name_en")
    column_filters = ("duty", "window_id")
    form_columns = ("window", "duty", "name", "name_en")
    related = (("post_assignment", "post_id"),)


class PostAssignmentView(GuardedModelView):
    """Who holds which post, and when."""

    model = PostAssignment
    column_list = ("user", "post", "valid_from", "valid_until")
    column_details_list = column_list
    column_searchable_list = ("user.display_name", "post.name")
    column_filters = ("valid_from", "valid_until", "user_id", "post_id")
    column_default_sort = ("id", True)
    form_columns = ("user", "post", "valid_from", "valid_until")
    loads = (joinedload(PostAssignment.post),)


VIEWS = (
    AuthorityView, DepartmentView, WindowView, UserView, RoleGrantView, PostView,
    PostAssignmentView,
)  # fmt: skip
